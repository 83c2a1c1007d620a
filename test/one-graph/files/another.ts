import { describe } from '@jest/globals';
import { visit } from './visit.js';

describe('another', visit);
