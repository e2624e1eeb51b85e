/**
 * What is known of a member, as a join-semilattice: its own record, which only the member writes, and the highest claim of others about
 * whether it lives. Members that know the same records and claims, in whatever order and however often they received them, have the same
 * knowledge.
 */
@NullMarked
package io.orderly.gossip.member;

import org.jspecify.annotations.NullMarked;
