/**
 * The audit: what must hold of a system at rest, whatever happened to it before. Every invariant is a class of its own that
 * looks at evidence and names what breaks it.
 */
@NullMarked
package io.orderly.lab.audit;

import org.jspecify.annotations.NullMarked;
