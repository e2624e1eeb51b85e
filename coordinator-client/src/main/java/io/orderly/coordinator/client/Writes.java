package io.orderly.coordinator.client;

import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.TxnRequest;
import io.orderly.coordinator.api.etcd.TxnResponse;
import io.orderly.coordinator.client.RetryRule.Repetition;
import io.orderly.coordinator.client.WriteOutcome.Reason;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.List;
import java.util.Optional;

/** Executes transactions. */
final class Writes {

    private final Calls calls;
    private final SeenRevision seen;

    Writes(Calls calls, SeenRevision seen) {
        this.calls = calls;
        this.seen = seen;
    }

    /** Executes a transaction once, in a session. */
    WriteOutcome execute(Session session, StoreCommand.Txn write) {
        if (isReadOnly(write)) {
            return executeUnguarded(write, Repetition.SAFE);
        }
        Lane lane = session.take();
        WriteOutcome outcome = execute(lane, write);
        if (outcome instanceof WriteOutcome.Applied
                || outcome instanceof WriteOutcome.NotApplied(Reason.ConditionFailed _)) {
            session.giveBack(lane.next());
        }
        return outcome;
    }

    /** Can be repeated with the same lane until the outcome is known. */
    WriteOutcome execute(Lane lane, StoreCommand.Txn write) {
        try {
            StoreResponse.Txn response = send(lane.guard(write), Repetition.SAFE);
            return switch (lane.read(write, response)) {
                case Lane.Finding.Applied(long revision, boolean succeeded, Optional<List<StoreResponse>> answers) ->
                    outcome(write, revision, succeeded, answers);
                case Lane.Finding.SessionEnded _ ->
                    new WriteOutcome.Unknown("the session has ended, and with it the record of its writes");
            };
        } catch (CallFailed e) {
            return outcome(e);
        }
    }

    /** Executes a transaction at most once if its repetition is unsafe. */
    WriteOutcome executeUnguarded(StoreCommand.Txn write, Repetition repetition) {
        try {
            StoreResponse.Txn response = send(write, repetition);
            return outcome(write, response.revision(), response.succeeded(), Optional.of(response.answers()));
        } catch (CallFailed e) {
            return outcome(e);
        }
    }

    static boolean isReadOnly(StoreCommand.Txn write) {
        return write.then().stream().allMatch(Writes::isReadOnly)
                && write.otherwise().stream().allMatch(Writes::isReadOnly);
    }

    private static boolean isReadOnly(Operation operation) {
        return switch (operation) {
            case Operation.Range _ -> true;
            case StoreCommand.Txn nested -> isReadOnly(nested);
            case StoreCommand.Put _, StoreCommand.DeleteRange _ -> false;
        };
    }

    private StoreResponse.Txn send(StoreCommand.Txn txn, Repetition repetition) throws CallFailed {
        TxnRequest request = EtcdRequests.txn(txn);
        TxnResponse response = calls.call("txn", KVGrpc.getTxnMethod(), request, repetition);
        seen.saw(response.getHeader().getRevision());
        return EtcdResponses.txn(response);
    }

    private static WriteOutcome outcome(
            StoreCommand.Txn write, long revision, boolean succeeded, Optional<List<StoreResponse>> answers) {
        if (!succeeded && write.otherwise().isEmpty()) {
            return new WriteOutcome.NotApplied(new Reason.ConditionFailed(revision));
        }
        return new WriteOutcome.Applied(revision, succeeded, answers);
    }

    private static WriteOutcome outcome(CallFailed failed) {
        Failure failure = failed.failure();
        if (failed.isEffectUnknown()) {
            return new WriteOutcome.Unknown(failed.getMessage());
        }
        if (failure.effect() == Failure.Effect.NONE) {
            return new WriteOutcome.NotApplied(new Reason.Unreachable(failed.getMessage()));
        }
        return new WriteOutcome.NotApplied(
                failure.isLeaseNotFound()
                        ? new Reason.LeaseEnded()
                        : new Reason.Refused(failure.code().name(), failure.message()));
    }
}
