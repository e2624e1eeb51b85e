/**
 * Clusters of gossiping members in virtual time, on a network that loses and delays messages and is partitioned, with members that crash,
 * pause, join, leave, lie and flood. A run is a function of its seed.
 *
 * <p>After the faults end, all live members must know exactly all live members. In separate runs, the speed of detection and spread and the
 * rate of false suspicions are measured, beside what the analysis of SWIM (Das, Gupta, Motivala, DSN 2002) predicts.
 */
@NullMarked
package io.orderly.gossip.simulation;

import org.jspecify.annotations.NullMarked;
