package io.orderly.antipatterns.twophasecommit.manager;

import io.orderly.antipatterns.twophasecommit.Participant;
import io.orderly.antipatterns.twophasecommit.TransactionBranches;
import io.orderly.contracts.OrderId;
import io.orderly.kit.web.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.HttpClientErrorException;

/**
 * Tells participants to commit what all have voted for. One that has neither the branch nor a record of its commit is taken to have
 * committed: it voted yes, so it had the branch, and its record has expired. Any other answer than that is no acknowledgement, a
 * plain 404 neither, since that is what a participant says which was started without its branches.
 */
final class CommitSender {

    private static final Logger log = LoggerFactory.getLogger(CommitSender.class);

    private CommitSender() {}

    /** Returns when the participant has acknowledged; an exception means that it is to be told again. */
    static void tell(Participant participant, OrderId transaction) {
        try {
            participant.commit(transaction);
        } catch (HttpClientErrorException.NotFound e) {
            if (!e.getResponseBodyAsString().contains("\"" + TransactionBranches.UNKNOWN_BRANCH.uri() + "\"")) {
                throw e;
            }
            warn(transaction);
        } catch (ProblemException e) {
            if (!e.problem().type().equals(TransactionBranches.UNKNOWN_BRANCH.uri())) {
                throw e;
            }
            warn(transaction);
        }
    }

    private static void warn(OrderId transaction) {
        log.warn("A participant has no record of the commit of {} any more", transaction);
    }
}
