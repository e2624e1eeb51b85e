package io.orderly.provider.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final List<String> RECORDS =
            List.of("{\"key\":\"one\"}", "{\"key\":\"zwei ✓\"}", "{}", "{\"key\":\"a somewhat longer record\"}");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void setUp() {
        file = folder.resolve("journal");
    }

    @Test
    void recordsAreReadInTheOrderOfTheirAppends() throws IOException {
        write(RECORDS.subList(0, 2));
        write(RECORDS.subList(2, 4));

        assertThat(readAll()).isEqualTo(RECORDS);
    }

    @Test
    void anIncompleteLastRecordIsTruncated() throws IOException {
        write(RECORDS);
        var whole = Files.readAllBytes(file);
        var ends = ends(whole);

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            var complete = completeWithin(length, ends);

            assertThat(readAll()).as("torn after %d bytes", length).isEqualTo(RECORDS.subList(0, complete));
            assertThat(Files.size(file)).isEqualTo(complete == 0 ? 0 : ends.get(complete - 1));
        }
    }

    @Test
    void aTailOfZerosIsTruncated() throws IOException {
        write(RECORDS);
        var whole = Files.readAllBytes(file);
        var ends = ends(whole);

        for (int length = 0; length < whole.length; length++) {
            // The file has its new length, but from here on its content was not written.
            var zeroed = Arrays.copyOf(Arrays.copyOf(whole, length), whole.length + 4096);
            Files.write(file, zeroed);

            assertThat(readAll())
                    .as("zeros from byte %d on", length)
                    .isEqualTo(RECORDS.subList(0, completeWithin(length, ends)));
        }
    }

    @Test
    void recordsCanBeAppendedAfterATruncation() throws IOException {
        write(RECORDS.subList(0, 3));
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 1));

        write(List.of("{\"key\":\"after\"}"));

        assertThat(readAll()).containsExactly(RECORDS.get(0), RECORDS.get(1), "{\"key\":\"after\"}");
    }

    @Test
    void anyFlippedBitIsDetected() throws IOException {
        write(RECORDS);
        var whole = Files.readAllBytes(file);

        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                var flipped = whole.clone();
                flipped[at] ^= (byte) (1 << bit);
                Files.write(file, flipped);

                assertThatThrownBy(this::readAll)
                        .as("bit %d of byte %d", bit, at)
                        .isInstanceOf(CorruptJournalException.class)
                        .hasMessageContaining(file.toString());
                assertThat(file).as("the corrupt file is not changed").hasBinaryContent(flipped);
            }
        }
    }

    @Test
    void aShortenedRecordIsDetected() throws IOException {
        write(RECORDS);
        var lines = Files.readAllLines(file);
        lines.set(1, lines.get(1).substring(0, 20));
        Files.write(file, lines);

        assertThatThrownBy(this::readAll).isInstanceOf(CorruptJournalException.class);
    }

    @Test
    void theFileIsLockedByOneJournal() throws IOException {
        try (var _ = open(new ArrayList<>())) {
            assertThatThrownBy(() -> open(new ArrayList<>()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
        assertThat(readAll()).isEmpty();
    }

    @Test
    void recordsOfConcurrentWritersAreAllStored() throws Exception {
        var expected =
                IntStream.range(0, 2_000).mapToObj("{\"n\":%d}"::formatted).toList();
        try (var journal = open(new ArrayList<>());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : expected) {
                threads.submit(() -> journal.awaitDurable(journal.append(each.getBytes(UTF_8))));
            }
        }

        assertThat(readAll()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void write(List<String> records) throws IOException {
        try (var journal = open(new ArrayList<>())) {
            var last = 0L;
            for (var each : records) {
                last = journal.append(each.getBytes(UTF_8));
            }
            journal.awaitDurable(last);
        }
    }

    private List<String> readAll() throws IOException {
        var read = new ArrayList<String>();
        open(read).close();
        return read;
    }

    private Journal open(List<String> read) throws IOException {
        return Journal.open(file, payload -> read.add(new String(payload, UTF_8)), failure -> {
            throw new AssertionError(failure);
        });
    }

    private static List<Integer> ends(byte[] file) {
        return IntStream.range(0, file.length)
                .filter(at -> file[at] == '\n')
                .mapToObj(at -> at + 1)
                .toList();
    }

    private static int completeWithin(int length, List<Integer> ends) {
        return (int) ends.stream().filter(end -> end <= length).count();
    }
}
