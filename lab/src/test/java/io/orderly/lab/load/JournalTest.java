package io.orderly.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.contracts.OrderId;
import io.orderly.lab.load.JournalEntry.Answered;
import io.orderly.lab.load.JournalEntry.Attempted;
import io.orderly.lab.load.JournalEntry.CancellationAnswered;
import io.orderly.lab.load.JournalEntry.Unanswered;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JournalTest {

    private static final Instant AT = Instant.parse("2026-11-23T04:30:00.123456Z");
    private static final OrderId ORDER = new OrderId(new UUID(1, 2));

    private static final List<JournalEntry> ENTRIES = List.of(
            new Attempted("k-1", AT, OrderScenario.ORDINARY, "ab".repeat(32)),
            new Unanswered("k-1", AT, "java.net.ConnectException: \"gone\"\n"),
            new Answered("k-1", AT, new OrderResponse(409, null)),
            new Answered("k-1", AT, new OrderResponse(202, ORDER)),
            new CancellationAnswered("k-1", AT, ORDER, 202));

    @TempDir
    private Path folder;

    @Test
    void keepsTheOrderOfItsEntries() {
        Path file = folder.resolve("journal");
        try (Journal journal = Journal.begin(file)) {
            ENTRIES.forEach(journal::append);
        }
        assertThat(Journal.read(file)).isEqualTo(ENTRIES);
    }

    /** The fields of an entry, and not what its methods derive from them. */
    @Test
    void aLineHasTheFieldsOfItsEntryAndNoOthers() throws IOException {
        Path file = folder.resolve("journal");
        try (Journal journal = Journal.begin(file)) {
            ENTRIES.forEach(journal::append);
        }
        assertThat(Files.readAllLines(file))
                .extracting(line -> fieldsOf(JsonMapper.shared().readTree(line)))
                .containsExactly(
                        "entry key intended wish bodySha256",
                        "entry key at why",
                        "entry key at answer{status orderId outcome retryAfter}",
                        "entry key at answer{status orderId outcome retryAfter}",
                        "entry key at orderId status");
    }

    private static String fieldsOf(JsonNode object) {
        return object.properties().stream()
                .map(field ->
                        field.getKey() + (field.getValue().isObject() ? "{" + fieldsOf(field.getValue()) + "}" : ""))
                .collect(Collectors.joining(" "));
    }

    @Test
    void aDurableEntryIsInTheFile() {
        Path file = folder.resolve("journal");
        try (Journal journal = Journal.begin(file)) {
            List<JournalEntry> expected = new ArrayList<>();
            for (JournalEntry entry : ENTRIES) {
                journal.append(entry).join();
                expected.add(entry);
                assertThat(Journal.read(file)).isEqualTo(expected);
            }
        }
    }

    @Test
    void losesNoEntriesOfConcurrentWriters() {
        Path file = folder.resolve("journal");
        List<String> keys = IntStream.range(0, 2_000).mapToObj(i -> "k-" + i).toList();
        try (Journal journal = Journal.begin(file)) {
            try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
                keys.forEach(key -> writers.execute(() -> journal.append(new Unanswered(key, AT, "lost"))));
            }
        }
        assertThat(Journal.read(file)).extracting(JournalEntry::key).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void ignoresAnIncompleteLastLine() throws Exception {
        Path file = folder.resolve("journal");
        try (Journal journal = Journal.begin(file)) {
            ENTRIES.forEach(journal::append);
        }
        Files.writeString(file, "{\"entry\":\"attempted\",\"key\":\"k-2", StandardOpenOption.APPEND);
        assertThat(Journal.read(file)).isEqualTo(ENTRIES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "null",
                "[]",
                "{}",
                "{\"entry\":\"unknown\",\"key\":\"k\"}",
                "{\"entry\":\"answered\",\"key\":\"k\",\"at\":\"2026-11-23T04:30:00Z\",\"answer\":null}",
                "{\"entry\":\"answered\",\"at\":\"yesterday\"}"
            })
    void reportsTheNumberOfAnInvalidLine(String line) throws Exception {
        Path file = folder.resolve("journal");
        try (Journal journal = Journal.begin(file)) {
            ENTRIES.forEach(journal::append);
        }
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> Journal.read(file))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("line " + (ENTRIES.size() + 1))
                .hasMessageNotContaining("\n");
    }

    @Test
    void reportsAMissingJournal() {
        assertThatThrownBy(() -> Journal.read(folder.resolve("none")))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("none");
    }

    @Test
    void doesNotOverwriteAnExistingJournal() {
        Path file = folder.resolve("journal");
        Journal.begin(file).close();
        assertThatThrownBy(() -> Journal.begin(file)).isInstanceOf(UncheckedIOException.class);
    }
}
