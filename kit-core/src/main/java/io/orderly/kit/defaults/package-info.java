/** The settings that every service starts from. */
@NullMarked
package io.orderly.kit.defaults;

import org.jspecify.annotations.NullMarked;
