package io.orderly.coordinator.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.client.WriteOutcome;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.Store;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.kit.settings.SettingChange;
import io.orderly.kit.settings.SettingDeclaration;
import io.orderly.kit.settings.SettingStore.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against the store of the coordinator, without members. */
class SettingChangesTest {

    private static final SettingDeclaration<Duration> DEADLINE = SettingDeclaration.duration(
            "deadline.charge", Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofHours(1), "of the saga");
    private static final Instant NOW = Instant.parse("2026-11-30T06:00:00Z");
    private static final Bytes KEY = Bytes.utf8("/settings/order-service/deadline.charge");

    private final Store store = new Store(new StoreListener() {});
    private Runnable beforeWrite = () -> {};
    private final SettingChanges changes =
            new SettingChanges(new StoreKeys(), new SettingKeys("order-service"), () -> NOW);

    @Test
    void writesAValueWithItsHistory() {
        change("30s", "ada", null);
        change("20s", "bob", null);
        assertThat(stored()).isEqualTo("20s");
        assertThat(changes.history("deadline.charge"))
                .containsExactly(new SettingChange(NOW, "ada", "", "30s"), new SettingChange(NOW, "bob", "30s", "20s"));
    }

    @Test
    void writesNothingIfTheValueIsNotValid() {
        assertThat(change("2h", "ada", null)).isEqualTo(new Result.Invalid("'2h' is not valid: allowed is 1s to 1h"));
        assertThat(new StoreKeys().read(KeyRange.ALL)).isEmpty();
    }

    @Test
    void refusesTheSecondOfTwoConcurrentChanges() {
        beforeWrite = () -> {
            beforeWrite = () -> {};
            assertThat(change("20s", "bob", null)).isInstanceOf(Result.Changed.class);
        };
        assertThat(change("30s", "ada", null)).isEqualTo(new Result.Conflict());
        assertThat(stored()).isEqualTo("20s");
        assertThat(changes.history("deadline.charge")).hasSize(1);
    }

    @Test
    void refusesAChangeOfAnotherRevisionThanTheExpectedOne() {
        long first = ((Result.Changed) change("30s", "ada", 0L)).revision();
        assertThat(change("20s", "bob", 0L)).isEqualTo(new Result.Conflict());
        assertThat(change("20s", "bob", first)).isInstanceOf(Result.Changed.class);
    }

    @Test
    void deletesAValue() {
        change("30s", "ada", null);
        change(null, "bob", null);
        assertThat(new StoreKeys().read(KeyRange.of(KEY))).isEmpty();
        assertThat(changes.history("deadline.charge").getLast()).isEqualTo(new SettingChange(NOW, "bob", "30s", ""));
    }

    @Test
    void keepsABoundedHistory() {
        for (int i = 1; i <= SettingChanges.KEPT + 5; i++) {
            change(i + "s", "ada", null);
        }
        List<SettingChange> history = changes.history("deadline.charge");
        assertThat(history).hasSize(SettingChanges.KEPT);
        assertThat(history.getFirst().to()).isEqualTo("6s");
        assertThat(history.getLast().to()).isEqualTo("55s");
    }

    @Test
    void keepsEntriesOfFourLinesWhateverTheirTexts() {
        store.apply(StoreCommand.Put.of(KEY, Bytes.utf8("so\non")));
        change("30s", "ad\na", null);
        assertThat(changes.history("deadline.charge")).containsExactly(new SettingChange(NOW, "ad a", "so on", "30s"));
    }

    @Test
    void ignoresKeysAndEntriesOfOtherClientsInTheHistory() {
        String history = new SettingKeys("order-service").history("deadline.charge");
        for (String key : List.of("zzz", "", "99999999999999999999", "7", "9223372036854775807")) {
            store.apply(StoreCommand.Put.of(Bytes.utf8(history + key), Bytes.utf8("note")));
        }
        store.apply(StoreCommand.Put.of(
                Bytes.utf8(new SettingKeys("order-service").change("deadline.charge", 3)), Bytes.utf8("a\nb\nc\nd")));

        assertThat(change("30s", "ada", null)).isInstanceOf(Result.Changed.class);
        assertThat(change("20s", "bob", null)).isInstanceOf(Result.Changed.class);

        assertThat(changes.history("deadline.charge"))
                .extracting(SettingChange::to)
                .containsExactly("30s", "20s");
    }

    @Test
    void refusesLongTextsAndAChangeWithoutAnAuthor() {
        String longest = "x".repeat(SettingChanges.LONGEST);
        assertThat(change("30s", longest, null)).isInstanceOf(Result.Changed.class);
        assertThat(change("30s", longest + "x", null)).isInstanceOf(Result.Invalid.class);
        assertThat(change("30s", " ", null)).isInstanceOf(Result.Invalid.class);
        assertThat(change(longest + "x", "ada", null))
                .isEqualTo(new Result.Invalid("a value has at most 200 characters"));
    }

    private Result change(String text, String by, Long expected) {
        return changes.change(DEADLINE, text, by, expected);
    }

    private String stored() {
        return new StoreKeys().read(KeyRange.of(KEY)).getFirst().value().toUtf8();
    }

    private final class StoreKeys implements SettingChanges.Keys {

        @Override
        public List<KeyValue> read(KeyRange range) {
            StoreResponse response =
                    store.readWithin(Operation.Range.of(range), Long.MAX_VALUE).orElseThrow();
            return ((StoreResponse.Range) response).keyValues();
        }

        @Override
        public WriteOutcome execute(StoreCommand.Txn transaction) {
            beforeWrite.run();
            StoreResponse.Txn response = (StoreResponse.Txn) store.apply(transaction);
            return response.succeeded()
                    ? new WriteOutcome.Applied(response.revision(), true, Optional.of(response.answers()))
                    : new WriteOutcome.NotApplied(new WriteOutcome.Reason.ConditionFailed(response.revision()));
        }
    }
}
