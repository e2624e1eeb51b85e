package io.orderly.order.twophasecommit;

import io.orderly.kit.twophasecommit.Participant;
import io.orderly.kit.twophasecommit.Vote;
import java.util.concurrent.Callable;

/**
 * A participant and its part in one transaction.
 *
 * @param name of the participant
 * @param prepare asks it to do its part and to vote; an exception means that its vote is unknown
 */
record Enlistment(String name, Participant participant, Callable<Vote> prepare) {}
