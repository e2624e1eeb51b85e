package io.orderly.lab.bench.stall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordingTest {

    @TempDir
    private Path folder;

    @Test
    void reportsGarbageCollectionsAndOnlyWaitsForPostgreSql() throws Exception {
        try (var postgreSql = new SlowServer();
                var another = new SlowServer()) {
            FlightRecording recording = FlightRecording.start(
                    folder, "this", ProcessHandle.current().pid(), postgreSql.port());
            System.gc();
            postgreSql.read();
            another.read();

            List<Occurrence> occurrences = recording.end(folder.resolve("this.jfr"));

            assertThat(occurrences)
                    .extracting(Occurrence::what)
                    .anyMatch(what -> what.startsWith("this: collection ") && what.endsWith(", cause: System.gc()"));
            assertThat(occurrences)
                    .filteredOn(
                            occurrence -> occurrence.what().equals("this: a thread waited over 50 ms for PostgreSQL"))
                    .singleElement()
                    .satisfies(wait -> assertThat(wait.lasted()).isGreaterThan(Duration.ofMillis(50)));
        }
    }

    @Test
    void reportsWhyAProcessCannotBeRecorded() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        assertThatThrownBy(() -> FlightRecording.start(folder, "gone", gone.pid(), 1))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("JFR.start");
    }

    /** Answers with a byte after a delay. */
    private static final class SlowServer implements AutoCloseable {

        private final ServerSocket socket;

        SlowServer() throws IOException {
            socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        }

        int port() {
            return socket.getLocalPort();
        }

        void read() throws IOException {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port());
                    Socket server = socket.accept()) {
                CompletableFuture.delayedExecutor(150, TimeUnit.MILLISECONDS).execute(() -> answer(server));
                assertThat(client.getInputStream().read()).isEqualTo(1);
            }
        }

        private static void answer(Socket server) {
            try {
                server.getOutputStream().write(1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
