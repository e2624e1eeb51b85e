package io.orderly.coordinator.client;

import static org.awaitility.Awaitility.await;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** What the parts of the contract use: a cluster, and the clients and the keys of the current test. */
interface ContractRun {

    Duration LONG = Duration.ofSeconds(30);
    Duration UNTIL_STARTED = Duration.ofMinutes(2);

    Members members();

    /** Of all members. */
    ClientSettings settings();

    /** A client of the current test. */
    CoordinatorClient client();

    /** A further client, which is closed after the test. */
    CoordinatorClient connect(ClientSettings settings);

    /** Like {@link #connect}, over connections that {@link #loseResponses} affects. */
    CoordinatorClient clientWithLostResponses(ClientSettings settings);

    /** Loses the responses to the next transactions. */
    void loseResponses(int count);

    ExecutorService threads();

    /** A key that no other test uses. */
    Bytes key(String name);

    default CoordinatorClient anotherClient() {
        return connect(settings());
    }

    default KeyRange range(String name) {
        return KeyRange.startingWith(key(name));
    }

    /** Those of a lock or an election. */
    default List<KeyValue> keys(String name) {
        return client().read(Operation.Range.of(KeyRange.startingWith(Bytes.utf8(name + "/"))))
                .keyValues();
    }

    default void awaitAllMembers() {
        for (String endpoint : members().endpoints()) {
            try (CoordinatorClient one = CoordinatorClient.connect(ClientSettings.of(List.of(endpoint)))) {
                await().atMost(UNTIL_STARTED)
                        .until(() -> one.ping(Duration.ofSeconds(2)).isPresent());
            }
        }
    }
}
