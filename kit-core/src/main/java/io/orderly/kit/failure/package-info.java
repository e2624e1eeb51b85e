/** Classifies failures as transient, so that a retry can succeed, or permanent. */
@NullMarked
package io.orderly.kit.failure;

import org.jspecify.annotations.NullMarked;
