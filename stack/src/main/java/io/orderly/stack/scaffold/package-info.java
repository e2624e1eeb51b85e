/**
 * Creates a new project from parts of this repository: {@code ./run new}.
 *
 * <p>{@link io.orderly.stack.scaffold.Scaffold} copies the sources as they are, under another name and package, and adds the
 * few files of {@code stack/src/scaffold}.
 */
@NullMarked
package io.orderly.stack.scaffold;

import org.jspecify.annotations.NullMarked;
