/**
 * The audit: checks the invariants of a system, regardless of the faults that were injected before. Every invariant is
 * a class that examines evidence and reports violations.
 */
@NullMarked
package io.orderly.lab.audit;

import org.jspecify.annotations.NullMarked;
