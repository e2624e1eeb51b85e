package io.orderly.antipatterns.twophasecommit.manager;

import io.orderly.antipatterns.twophasecommit.Participant;
import io.orderly.antipatterns.twophasecommit.Vote;
import java.util.concurrent.Callable;

/**
 * A participant and its part in one transaction.
 *
 * @param name the name of the participant
 * @param prepare asks the participant to prepare its branch and to vote; an exception means that its vote is unknown
 */
record Enlistment(String name, Participant participant, Callable<Vote> prepare) {}
