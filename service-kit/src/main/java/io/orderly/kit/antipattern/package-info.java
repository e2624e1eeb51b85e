/**
 * The switch for wrong ways: {@code orderly.anti-patterns} names those that a service goes, to be held against the right ones.
 * None is on by default. What a wrong way does stands beside the right way that it takes the place of.
 */
@NullMarked
package io.orderly.kit.antipattern;

import org.jspecify.annotations.NullMarked;
