package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.store.AuthChange;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Caller;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.Permission;
import io.orderly.coordinator.store.Secret;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreCommand.DeleteRange;
import io.orderly.coordinator.store.StoreCommand.Put;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.store.User;
import java.util.List;

/**
 * Clients with users, while an administrator changes users, roles and permissions, and disables and enables authentication. Some commands have
 * no user, or one of the past. The model of the store checks each decision.
 */
final class UserClients implements ClientGroup {

    private static final long PATIENCE_MICROS = 3_000_000;
    private static final int NAMES = 3;

    private final SimulationContext context;
    private final StoreWorkload workload;
    private final OperationBudget budget = new OperationBudget();
    private final long thinkMicrosMax;

    /** Of a user at some time, which may have been changed since. */
    private Caller past = Caller.UNKNOWN;

    UserClients(SimulationContext context, StoreWorkload workload) {
        this.context = context;
        this.workload = workload;
        thinkMicrosMax = context.random().nextLong(20_000, 100_000);
    }

    @Override
    public void start(int clients) {
        for (int i = 1; i <= clients; i++) {
            new Client("user" + i).think();
        }
    }

    @Override
    public void allow(int moreOperations) {
        budget.allow(moreOperations);
    }

    @Override
    public int answered() {
        return budget.answeredCount();
    }

    @Override
    public int unanswered() {
        return budget.unansweredCount();
    }

    @Override
    public String missing() {
        return budget.missing("clients with users");
    }

    private StoreCommand next() {
        int kind = random(10);
        if (kind < 4) {
            return new StoreCommand.AsUser(caller(User.ROOT), new StoreCommand.ChangeAuth(change()));
        }
        StoreCommand command = kind == 4 ? new StoreCommand.LeaseGrant(1 + random(2), 60_000) : write();
        return switch (random(8)) {
            case 0 -> command;
            case 1 -> new StoreCommand.AsUser(past, command);
            default -> {
                past = caller(name());
                yield new StoreCommand.AsUser(past, command);
            }
        };
    }

    private StoreCommand write() {
        return switch (random(5)) {
            case 0, 1 -> new Put(key(), Bytes.EMPTY, 0, false, false, random(2) == 0);
            case 2 -> Put.of(key(), Bytes.EMPTY, 1 + random(2));
            case 3 -> new DeleteRange(range(), random(2) == 0);
            default ->
                new StoreCommand.Txn(
                        List.of(Compare.exists(key())),
                        List.of(Put.of(key(), Bytes.EMPTY)),
                        List.of(Operation.Range.of(range())));
        };
    }

    private AuthChange change() {
        return switch (random(16)) {
            case 0 -> new AuthChange.AddUser(User.ROOT, Secret.NONE);
            case 1 -> new AuthChange.GrantRole(User.ROOT, User.ROOT);
            case 2, 3 -> new AuthChange.Enable(new Secret(Bytes.utf8("key")));
            case 4 -> random(3) == 0 ? new AuthChange.Disable() : new AuthChange.AddUser(name(), Secret.NONE);
            case 5 -> new AuthChange.AddUser(name(), Secret.NONE);
            case 6 -> new AuthChange.DeleteUser(name());
            case 7 -> new AuthChange.ChangePassword(name(), Secret.NONE);
            case 8, 9 -> new AuthChange.GrantRole(name(), name());
            case 10 -> new AuthChange.RevokeRole(name(), name());
            case 11 -> random(3) == 0 ? new AuthChange.DeleteRole(name()) : new AuthChange.AddRole(name());
            case 12 -> new AuthChange.AddRole(name());
            case 13, 14 -> {
                KeyRange keys = range();
                yield new AuthChange.GrantPermission(
                        name(), new Permission(Permission.Access.values()[random(3)], keys.first(), rangeEnd(keys)));
            }
            default -> {
                KeyRange keys = range();
                yield new AuthChange.RevokePermission(name(), keys.first(), rangeEnd(keys));
            }
        };
    }

    private static Bytes rangeEnd(KeyRange keys) {
        Bytes end = keys.end();
        return end == null ? Bytes.of((byte) 0) : end;
    }

    /** As the cluster knows it, which the node that is asked may not yet. */
    private Caller caller(String name) {
        return workload.checker()
                .auth()
                .user(name)
                .map(user -> new Caller(name, user.passwordRevision()))
                .orElse(Caller.UNKNOWN);
    }

    private String name() {
        return "name" + random(NAMES);
    }

    private Bytes key() {
        return Bytes.utf8("k" + random(6));
    }

    private KeyRange range() {
        return switch (random(4)) {
            case 0 -> KeyRange.of(key());
            case 1 -> KeyRange.from(key());
            default -> new KeyRange(key(), key());
        };
    }

    private int random(int bound) {
        return context.random().nextInt(bound);
    }

    private final class Client extends StoreClient {

        Client(String name) {
            super(UserClients.this.workload, name, thinkMicrosMax);
        }

        @Override
        void begin() {
            if (!budget.begin()) {
                think();
                return;
            }
            StoreCommand command = next();
            trace(() -> "sends " + command);
            this.<StoreResponse>call(
                    (server, answer) -> server.execute(command, answer),
                    nowMicros() + PATIENCE_MICROS,
                    response -> {
                        trace(() -> "is told " + response);
                        budget.answered();
                        think();
                    },
                    _ -> {
                        budget.unanswered();
                        think();
                    });
        }
    }
}
