package io.orderly.antipatterns.twophasecommit.manager;

import io.orderly.antipatterns.twophasecommit.Participant;
import io.orderly.antipatterns.twophasecommit.TransactionBranches;
import io.orderly.contracts.OrderId;
import io.orderly.kit.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.HttpClientErrorException;

/**
 * Sends commit decisions to participants. A participant with neither the branch nor a record of its commit is assumed
 * to have committed: it voted yes, so it had the branch, and its record has expired. Any other error is not an
 * acknowledgement, including a plain 404, which a participant returns that was started without this module.
 */
final class CommitSender {

    private static final Logger log = LoggerFactory.getLogger(CommitSender.class);

    private CommitSender() {}

    /** Returns when the participant has acknowledged the commit; an exception means that it has to be sent again. */
    static void send(Participant participant, OrderId transaction) {
        try {
            participant.commit(transaction);
        } catch (HttpClientErrorException.NotFound e) {
            if (!e.getResponseBodyAsString().contains("\"" + TransactionBranches.UNKNOWN_BRANCH.uri() + "\"")) {
                throw e;
            }
            warnExpired(transaction);
        } catch (ProblemException e) {
            if (!e.problem().type().equals(TransactionBranches.UNKNOWN_BRANCH.uri())) {
                throw e;
            }
            warnExpired(transaction);
        }
    }

    private static void warnExpired(OrderId transaction) {
        log.warn("A participant no longer has a record of the commit of {}", transaction);
    }
}
