/**
 * Has modules of its own.
 *
 * @jest-environment node
 */
import { describe } from '@jest/globals';
import { visit } from './visit.js';

describe('alone', visit);
