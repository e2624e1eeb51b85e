/**
 * Membership by gossip, as a state machine: messages and the passing of time in, messages to send and changes of the view out. It has no
 * threads, sockets or clock, and takes its random numbers from outside, so that a seed reproduces a simulation of hundreds of members.
 *
 * <p>Failures are detected and news spread as in SWIM (Das, Gupta, Motivala, "SWIM: Scalable Weakly-consistent Infection-style Process Group
 * Membership Protocol", DSN 2002). Differences are repaired by comparing version vectors, as in Scuttlebutt (van Renesse et al., "Efficient
 * Reconciliation and Flow Control for Anti-Entropy Protocols", LADIS 2008). That a member tells a suspected one of its suspicion first, and
 * does not suspect others after it was itself paused, is from Lifeguard (Dadgar, Phillips, Currey, 2017).
 */
@NullMarked
package io.orderly.gossip.protocol;

import org.jspecify.annotations.NullMarked;
