package io.orderly.lab.bench;

import io.orderly.lab.system.IsolatedSystem;
import io.orderly.stack.Console;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Open pages of the console that read their streams as fast as they come, and do nothing with them. */
final class ConsolePages implements AutoCloseable {

    /** How many pages a console serves by default. */
    static final int MAX = 100;

    private final List<Socket> streams = new ArrayList<>();

    private ConsolePages() {}

    /**
     * Opens pages.
     *
     * @param pages 0 if the system has no console
     */
    static ConsolePages open(IsolatedSystem system, int pages) throws IOException {
        ConsolePages opened = new ConsolePages();
        try {
            for (int i = 0; i < pages; i++) {
                opened.open(system.url(Console.NAME));
            }
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    private void open(URI console) throws IOException {
        Socket stream = new Socket(console.getHost(), console.getPort());
        streams.add(stream);
        stream.getOutputStream()
                .write("GET /api/stream HTTP/1.1\r\nHost: %s\r\n\r\n"
                        .formatted(console.getHost())
                        .getBytes(StandardCharsets.US_ASCII));
        Thread.ofVirtual().name("page").start(() -> drain(stream));
    }

    private static void drain(Socket stream) {
        byte[] buffer = new byte[64 << 10];
        try (stream;
                InputStream frames = stream.getInputStream()) {
            while (frames.read(buffer) >= 0) {
                // read on
            }
        } catch (IOException _) {
            // closed at the end
        }
    }

    /** How many pages are still connected. */
    int following() {
        return (int) streams.stream().filter(stream -> !stream.isClosed()).count();
    }

    @Override
    public void close() throws IOException {
        for (Socket stream : streams) {
            stream.close();
        }
    }
}
