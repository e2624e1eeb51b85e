package io.orderly.coordinator.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a caller may execute a command, by the state that the command meets. So a right that was revoked before the slot of the
 * command counts, and all nodes decide the same. The rules are those of etcd 3.6.
 */
final class CommandRights {

    private final AuthState auth;
    private final Leases leases;
    private final @Nullable Caller caller;

    private CommandRights(AuthState auth, Leases leases, @Nullable Caller caller) {
        this.auth = auth;
        this.leases = leases;
        this.caller = caller;
    }

    /**
     * @param caller null for a command without one
     * @return null if the command is permitted
     */
    static @Nullable AuthRefusal refusalOf(
            StoreCommand command, @Nullable Caller caller, AuthState auth, Leases leases) {
        return auth.isRoot(caller) ? null : new CommandRights(auth, leases, caller).refusalOf(command);
    }

    private @Nullable AuthRefusal refusalOf(StoreCommand command) {
        return switch (command) {
            case StoreCommand.Put put -> refusalOf((Operation) put);
            case StoreCommand.DeleteRange delete -> refusalOf((Operation) delete);
            case StoreCommand.Txn txn -> refusalOf((Operation) txn);
            case StoreCommand.InSession request -> refusalOf(request.command());
            case StoreCommand.LeaseRevoke(long id) -> refusalOfLease(id);
            case StoreCommand.LeaseGrant _,
                    StoreCommand.Compact _,
                    StoreCommand.SessionOpen _,
                    StoreCommand.SessionClose _ -> auth.refusalOf(caller);
            case StoreCommand.ChangeAuth _, StoreCommand.SetLimits _ -> auth.refusalOfAdministration(caller);
            // the members propose these themselves, and no API passes them on
            case StoreCommand.LeaseKeepAlive _,
                    StoreCommand.LeaseTakeOver _,
                    StoreCommand.LeaseCheckpoint _,
                    StoreCommand.LeaseExpire _,
                    StoreCommand.RaiseTimestampBound _,
                    StoreCommand.DescribeMember _,
                    StoreCommand.PublishMember _,
                    StoreCommand.ForgetMember _ -> null;
            case StoreCommand.AsUser _ -> throw new IllegalArgumentException("a caller within a caller");
        };
    }

    private @Nullable AuthRefusal refusalOf(Operation operation) {
        return switch (operation) {
            case Operation.Range range -> auth.refusalOfRead(caller, range.keys());
            case StoreCommand.Put put -> {
                KeyRange key = KeyRange.of(put.key());
                AuthRefusal refusal = auth.refusalOfWrite(caller, key);
                refusal = refusal == null ? refusalOfLease(put.lease()) : refusal;
                yield refusal == null && put.returnPrevious() ? auth.refusalOfRead(caller, key) : refusal;
            }
            case StoreCommand.DeleteRange delete -> {
                AuthRefusal refusal = auth.refusalOfWrite(caller, delete.keys());
                yield refusal == null && delete.returnPrevious() ? auth.refusalOfRead(caller, delete.keys()) : refusal;
            }
            case StoreCommand.Txn txn -> refusalOf(txn);
        };
    }

    /** Whichever list would be executed: what is refused must not tell what the comparisons found. */
    private @Nullable AuthRefusal refusalOf(StoreCommand.Txn txn) {
        AuthRefusal refusal = auth.refusalOf(caller);
        for (Compare compare : txn.compares()) {
            refusal = refusal == null ? auth.refusalOfRead(caller, compare.keys()) : refusal;
        }
        for (List<Operation> operations : List.of(txn.then(), txn.otherwise())) {
            for (Operation operation : operations) {
                refusal = refusal == null ? refusalOf(operation) : refusal;
            }
        }
        return refusal;
    }

    /** Who ends a lease, or attaches a key to it, can have all of its keys deleted. */
    private @Nullable AuthRefusal refusalOfLease(long id) {
        return auth.refusalOfWrite(caller, leases.attachedTo(id));
    }
}
