import { formStyle } from './form-style.js';
import { frameStyle } from './frame-style.js';
import { mediaStyle } from './media-style.js';
import { viewStyle } from './view-style.js';

/** The page's whole style: small, without a font or a picture from anywhere. */
export const style = [frameStyle, viewStyle, formStyle, mediaStyle].join('');
