package io.orderly.coordinator.settings;

import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.CoordinatorException;
import io.orderly.coordinator.client.WriteOutcome;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.kit.settings.SettingChange;
import io.orderly.kit.settings.SettingDeclaration;
import io.orderly.kit.settings.SettingStore.Result;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Changes values in the coordinator. A change, its entry in the history and the removal of the oldest entry are one transaction, which
 * takes effect only if no other change came between.
 */
final class SettingChanges {

    /** Entries of the history of each setting. */
    static final int KEPT = 50;

    /** The maximum length of a value and of the name of who changes it, in characters. */
    static final int LONGEST = 200;

    /** The coordinator. */
    interface Keys {

        /** @throws CoordinatorException if it was not answered */
        List<KeyValue> read(KeyRange range);

        WriteOutcome execute(StoreCommand.Txn transaction);

        static Keys of(CoordinatorClient client) {
            return new Keys() {

                @Override
                public List<KeyValue> read(KeyRange range) {
                    return client.read(Operation.Range.of(range)).keyValues();
                }

                @Override
                public WriteOutcome execute(StoreCommand.Txn transaction) {
                    return client.execute(transaction);
                }
            };
        }
    }

    private final Keys keys;
    private final SettingKeys names;
    private final InstantSource clock;

    SettingChanges(Keys keys, SettingKeys names, InstantSource clock) {
        this.keys = keys;
        this.names = names;
        this.clock = clock;
    }

    /**
     * @param text null to delete the stored value, so that the configured one applies
     * @param by who changes it
     * @param expected the revision of the stored value that is to be replaced, 0 for none; null for the one that is stored now
     */
    Result change(SettingDeclaration<?> declaration, @Nullable String text, String by, @Nullable Long expected) {
        if (by.isBlank() || by.length() > LONGEST) {
            return new Result.Invalid("by has 1 to %d characters".formatted(LONGEST));
        }
        if (text != null) {
            if (text.length() > LONGEST) {
                return new Result.Invalid("a value has at most %d characters".formatted(LONGEST));
            }
            try {
                declaration.reader().apply(text);
            } catch (IllegalArgumentException e) {
                return new Result.Invalid(String.valueOf(e.getMessage()));
            }
        }
        try {
            return write(declaration.name(), text, by, expected);
        } catch (CoordinatorException e) {
            return new Result.Failed("the coordinator does not answer: " + e.getMessage());
        }
    }

    /**
     * The changes of a setting, the oldest first. Entries of other clients that are no changes are left out.
     *
     * @throws CoordinatorException if it was not answered
     */
    List<SettingChange> history(String name) {
        return entries(name).stream()
                .flatMap(entry -> ChangeText.parse(entry.value().toUtf8()).stream())
                .toList();
    }

    private Result write(String name, @Nullable String text, String by, @Nullable Long expected) {
        Bytes key = Bytes.utf8(names.value(name));
        List<KeyValue> present = keys.read(KeyRange.of(key));
        List<KeyValue> history = entries(name);
        long revision = present.isEmpty() ? 0 : present.getFirst().modRevision();
        String from = present.isEmpty() ? "" : present.getFirst().value().toUtf8();
        long number = history.isEmpty() ? 1 : number(history.getLast(), name).orElseThrow() + 1;
        Bytes entry = Bytes.utf8(names.change(name, number));
        SettingChange change =
                new SettingChange(clock.instant().truncatedTo(ChronoUnit.MILLIS), by, from, text == null ? "" : text);
        Operation write = text == null ? StoreCommand.DeleteRange.of(key) : StoreCommand.Put.of(key, Bytes.utf8(text));
        KeyRange tooOld = new KeyRange(
                Bytes.utf8(names.history(name)), Bytes.utf8(names.change(name, Math.max(0, number - KEPT + 1))));
        WriteOutcome outcome = keys.execute(new StoreCommand.Txn(
                List.of(
                        Compare.isUnchangedSince(key, expected == null ? revision : expected),
                        Compare.isMissing(entry)),
                List.of(
                        write,
                        StoreCommand.Put.of(entry, Bytes.utf8(ChangeText.of(change))),
                        new StoreCommand.DeleteRange(tooOld, false)),
                List.of()));
        return switch (outcome) {
            case WriteOutcome.Applied applied when applied.succeeded() -> new Result.Changed(applied.revision());
            case WriteOutcome.Applied _ -> new Result.Conflict();
            case WriteOutcome.NotApplied(WriteOutcome.Reason.ConditionFailed _) -> new Result.Conflict();
            case WriteOutcome.NotApplied(WriteOutcome.Reason reason) -> new Result.Failed(reason.toString());
            case WriteOutcome.Unknown(String cause) ->
                new Result.Failed("the coordinator does not answer, and the value may have been stored: " + cause);
        };
    }

    /** The entries with a number as {@link SettingKeys} writes it; other clients can write any key. */
    private List<KeyValue> entries(String name) {
        return keys.read(KeyRange.startingWith(Bytes.utf8(names.history(name)))).stream()
                .filter(entry -> number(entry, name).isPresent())
                .toList();
    }

    private OptionalLong number(KeyValue entry, String name) {
        String key = entry.key().toUtf8();
        try {
            long number = Long.parseLong(key.substring(names.history(name).length()));
            return number > 0
                            && number < Long.MAX_VALUE
                            && names.change(name, number).equals(key)
                    ? OptionalLong.of(number)
                    : OptionalLong.empty();
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
