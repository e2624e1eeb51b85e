package io.orderly.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortTest {

    /** Of Linux; other systems begin higher. */
    private static final int FIRST_OF_OUTGOING_CONNECTIONS = 32_768;

    @Test
    void findsAnotherPortEachTimeThatNoOutgoingConnectionCanTake() {
        List<Integer> ports = Stream.generate(FreePort::find).limit(200).toList();

        assertThat(ports)
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(1_024, FIRST_OF_OUTGOING_CONNECTIONS - 1));
    }

    @Test
    void aServerCanListenAtThePort() throws IOException {
        int port = FreePort.find();

        try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(server.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void aPortIsReservedForTheProcessThatFoundItUntilThatProcessEnds() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PortFinder.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            int found = Integer.parseInt(other.inputReader().readLine());
            assertThat(FreePort.reserve(found)).isFalse();

            other.outputWriter().close();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(FreePort.reserve(found)).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }
}
