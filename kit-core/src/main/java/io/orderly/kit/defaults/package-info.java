/** The default settings of every service. */
@NullMarked
package io.orderly.kit.defaults;

import org.jspecify.annotations.NullMarked;
