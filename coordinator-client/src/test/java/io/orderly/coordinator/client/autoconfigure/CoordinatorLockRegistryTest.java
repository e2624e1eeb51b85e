package io.orderly.coordinator.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.client.ClientSettings;
import io.orderly.coordinator.client.CoordinatorClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CoordinatorLockRegistryTest {

    @Test
    void noLockNameIsThePrefixOfAnotherOneUpToASlash() {
        try (CoordinatorClient client = CoordinatorClient.connect(ClientSettings.of(List.of("127.0.0.1:1")))) {
            CoordinatorLockRegistry locks = new CoordinatorLockRegistry(client, "locks");
            List<String> names = Stream.of("orders", "orders/17", "orders%2F17", "orders%252F17", "orders/")
                    .map(locks::name)
                    .toList();
            assertThat(names).doesNotHaveDuplicates().first().isEqualTo("locks/orders");
            assertThat(names)
                    .allSatisfy(name ->
                            assertThat(name.indexOf('/', "locks/".length())).isNegative());
        }
    }
}
