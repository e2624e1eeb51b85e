package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Scenario.brief;
import static org.awaitility.Awaitility.await;

import io.orderly.coordinator.client.ClientSettings;
import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.Credentials;
import io.orderly.coordinator.client.DistributedLock;
import io.orderly.coordinator.client.HeldLock;
import io.orderly.coordinator.client.Lease;
import io.orderly.coordinator.client.WriteOutcome;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.StoreCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The coordinator's own client, which also works on etcd. */
final class OwnClientScenarios {

    private static final Duration LONG = Duration.ofSeconds(20);

    private OwnClientScenarios() {}

    static List<Scenario> all() {
        return List.of(
                brief("client/writes", run -> with(run, OwnClientScenarios::writes)),
                brief("client/lease", run -> with(run, OwnClientScenarios::leases)),
                brief("client/lock", run -> with(run, OwnClientScenarios::locks)),
                brief("client/auth", OwnClientScenarios::auth));
    }

    @FunctionalInterface
    private interface Body {
        void run(Run run, CoordinatorClient client) throws Exception;
    }

    private static void with(Run run, Body body) throws Exception {
        try (CoordinatorClient client = connect(run)) {
            body.run(run, client);
        }
    }

    /** A client with a user, before and after its rights are needed. */
    private static void auth(Run run) {
        try (Users users = new Users(run);
                CoordinatorClient client =
                        CoordinatorClient.connect(ClientSettings.of(List.of("127.0.0.1:" + run.port()))
                                .withExactlyOnce(false)
                                .withCredentials(new Credentials("ada", "ada")))) {
            run.note("before it is enabled", text(client.put(key(run, "x"), Bytes.utf8("1"))));
            users.enable();
            run.note("put", text(client.put(key(run, "rw/a"), Bytes.utf8("1"))));
            run.note("get", text(client.get(key(run, "rw/a"))));
            run.note("put elsewhere", text(client.put(key(run, "x"), Bytes.utf8("2"))));
        }
    }

    private static CoordinatorClient connect(Run run) {
        return CoordinatorClient.connect(ClientSettings.of(List.of("127.0.0.1:" + run.port())));
    }

    private static void writes(Run run, CoordinatorClient client) {
        run.note("put", text(client.put(key(run, "a"), Bytes.utf8("1"))));
        run.note("get", text(client.get(key(run, "a"))));
        StoreCommand.Txn create = new StoreCommand.Txn(
                List.of(new Compare(
                        KeyRange.of(key(run, "b")), Compare.Relation.EQUAL, new Compare.Operand.CreateRevision(0))),
                List.of(new StoreCommand.Put(key(run, "b"), Bytes.utf8("1"), 0, false, false, false)),
                List.of());
        run.note("created", text(client.execute(create)));
        run.note("created again", text(client.execute(create)));
        run.note("empty key", text(client.put(Bytes.EMPTY, Bytes.utf8("1"))));
        run.note("deleted", text(client.delete(key(run, "a"))));
        run.note("deleted again", text(client.delete(key(run, "a"))));
        run.note("gone", text(client.get(key(run, "a"))));
    }

    private static void leases(Run run, CoordinatorClient client) {
        Lease lease = client.lease(Duration.ofSeconds(10), () -> {});
        run.note("time", lease.ttl().toString());
        run.note("attached", text(client.put(key(run, "a"), Bytes.utf8("1"), lease)));
        run.note("is valid", Boolean.toString(lease.isValid()));
        lease.close();
        run.note("key is gone", text(client.get(key(run, "a"))));
        run.note("attached too late", text(client.put(key(run, "a"), Bytes.utf8("1"), lease)));
    }

    private static void locks(Run run, CoordinatorClient client) throws Exception {
        DistributedLock lock = client.lock(run.name("lock"));
        HeldLock first = lock.tryAcquire(LONG).orElseThrow();
        run.note("first", Boolean.toString(first.isHeld()));
        try (CoordinatorClient other = connect(run)) {
            DistributedLock same = other.lock(run.name("lock"));
            run.note(
                    "second",
                    Boolean.toString(same.tryAcquire(Duration.ofMillis(300)).isPresent()));
            first.close();
            HeldLock second = same.tryAcquire(LONG).orElseThrow();
            run.note("second after the release", Boolean.toString(second.token().compareTo(first.token()) > 0));
            second.close();
        }
        await().atMost(LONG)
                .until(() ->
                        run.wire().kv().range(Requests.ranging(run).build()).getCount() == 0);
        run.note("queue is empty", "true");
    }

    private static String text(WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Applied applied -> "applied, " + applied.succeeded();
            case WriteOutcome.NotApplied(WriteOutcome.Reason.ConditionFailed _) -> "condition failed";
            case WriteOutcome.NotApplied(WriteOutcome.Reason reason) -> reason.toString();
            case WriteOutcome.Unknown unknown -> unknown.toString();
        };
    }

    private static String text(Optional<KeyValue> found) {
        return found.map(keyValue -> "%s, version %d".formatted(keyValue.value().toUtf8(), keyValue.version()))
                .orElse("none");
    }

    private static Bytes key(Run run, String suffix) {
        return Bytes.utf8(run.name(suffix));
    }
}
