package io.orderly.kit.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.kit.settings.LiveSettings;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.util.unit.DataSize;

/** Clients that send a byte now and then, against a server with the kit's limits. */
@Tag("slow")
class SlowClientsTest {

    private static final int SLOW_CLIENTS = 200;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(125);
    private static final HttpProperties LIMITS = new HttpProperties(DataSize.ofMegabytes(1), 2, 4, TIMEOUT, 1000);

    private static final String HEAD = "POST /orders HTTP/1.1\r\nHost: x\r\n";
    private static final String SLOW_REQUEST_LINE = "";
    private static final String SLOW_HEAD = HEAD + "X-Slow: ";
    private static final String SLOW_BODY = HEAD + "Content-Length: 1000\r\n\r\n";
    private static final String SLOW_CHUNK = HEAD + "Transfer-Encoding: chunked\r\n\r\n10;";
    private static final String SLOW_TRAILER = HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: ";
    private static final String SLOW_SECOND =
            HEAD + "Content-Length: 1\r\n\r\nx" + HEAD + "Content-Length: 1000\r\n\r\n";
    private static final String SLOW_BODY_OF_REFUSED =
            "TRACE /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n";

    private final WebAutoConfiguration kit = new WebAutoConfiguration();
    private final List<Socket> slow = new ArrayList<>();
    private final ScheduledExecutorService dripScheduler = Executors.newSingleThreadScheduledExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private WebServer server;

    @BeforeEach
    void start() {
        var overloadResponse = new OverloadResponse(new SimpleMeterRegistry().counter("refusals"));
        var factory = new TomcatServletWebServerFactory(0);
        kit.requestTimeout(LIMITS).customize(factory);
        kit.containerProblems().customize(factory);
        server = factory.getWebServer(
                filter(kit.bufferedBodyFilter(LIMITS, overloadResponse)),
                filter(kit.overloadFilter(LIMITS, new LiveSettings(null), overloadResponse)),
                new ServletRegistrationBean<>(new Echo(), "/"));
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        dripScheduler.shutdownNow();
        for (Socket socket : slow) {
            socket.close();
        }
        client.close();
        server.stop();
        server.destroy();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SLOW_REQUEST_LINE,
                "\r\n",
                SLOW_HEAD,
                SLOW_BODY,
                SLOW_CHUNK,
                SLOW_TRAILER,
                SLOW_SECOND,
                SLOW_BODY_OF_REFUSED
            })
    void closesSlowConnectionsAndServesOtherClientsMeanwhile(String start) throws Exception {
        connectSlowly(start);

        await().atMost(TIMEOUT.plusSeconds(8)).until(() -> {
            assertThat(post("small").statusCode()).isEqualTo(200);
            return slow.stream().allMatch(SlowClientsTest::hasEnded);
        });
    }

    @Test
    void answersALateBodyWithARequestTimeoutProblem() throws Exception {
        Socket socket = connect(SLOW_BODY);
        drip(List.of(socket), " ");

        String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("/problems/request-timeout");
    }

    @Test
    void doesNotCloseAnIdleConnection() throws Exception {
        Socket socket = connect(HEAD + "Content-Length: 1\r\n\r\nx");
        assertThat(socket.getInputStream().read()).isPositive();

        await().during(TIMEOUT.plusSeconds(1)).atMost(TIMEOUT.plusSeconds(3)).until(() -> !hasEnded(socket));
    }

    @Test
    void doesNotEndACompleteRequestThatIsProcessedSlowly() throws Exception {
        HttpResponse<String> answer = client.send(
                request("/slow").POST(BodyPublishers.ofString("body")).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("body");
    }

    @Test
    void limitsTheNumberOfLargeBodies() throws Exception {
        String large = HEAD + "Content-Length: 1000000\r\n\r\n" + "x".repeat(BufferedBodyFilter.SMALL_BODY_BYTES + 1);
        slow.addAll(List.of(connect(large), connect(large)));

        await().until(() -> post("x".repeat(20_000)).statusCode() == 503);
        assertThat(post("small").statusCode()).isEqualTo(200);
        await().until(() -> post("x".repeat(20_000)).statusCode() == 200);
    }

    private void connectSlowly(String start) throws IOException {
        for (int i = 0; i < SLOW_CLIENTS; i++) {
            connect(start);
        }
        drip(List.copyOf(slow), start.startsWith("\r\n") ? "\r\n" : "a");
    }

    private Socket connect(String start) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        slow.add(socket);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(start.getBytes(ISO_8859_1));
        return socket;
    }

    private void drip(List<Socket> sockets, String bytes) {
        dripScheduler.scheduleWithFixedDelay(
                () -> sockets.forEach(socket -> drip(socket, bytes)),
                0,
                BETWEEN_BYTES.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static void drip(Socket socket, String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        } catch (IOException e) {
            // the server has closed the connection, as expected
        }
    }

    /** Reads the available bytes without blocking. */
    private static boolean hasEnded(Socket socket) {
        try {
            socket.setSoTimeout(1);
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // skip the response
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return client.send(
                request("/orders").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.getPort() + path))
                .timeout(Duration.ofSeconds(10));
    }

    private static ServletContextInitializer filter(FilterRegistrationBean<?> registration) {
        return registration;
    }

    private static final class Echo extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getRequestURI().equals("/slow")) {
                await().pollDelay(TIMEOUT.plusSeconds(1)).until(() -> true);
            }
            response.getOutputStream().write(RequestBytes.of(request));
        }
    }
}
