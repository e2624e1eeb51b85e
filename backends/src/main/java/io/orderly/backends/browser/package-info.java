/** The browser in which tests open pages. */
@NullMarked
package io.orderly.backends.browser;

import org.jspecify.annotations.NullMarked;
