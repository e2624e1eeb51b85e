package io.orderly.coordinator.gateway;

import static io.orderly.coordinator.connection.TestAuthority.FOREIGN;
import static io.orderly.coordinator.connection.TestAuthority.IMPOSTOR;
import static io.orderly.coordinator.connection.TestAuthority.TRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.connection.ClientTls;
import io.orderly.coordinator.connection.RefusalLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.web.server.Ssl;
import org.springframework.util.unit.DataSize;

/** The port for clients with TLS. */
@Timeout(60)
class GatewayTlsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final SslBundle WITHOUT_CERTIFICATE =
            SslBundle.of(new PemSslStoreBundle(null, PemSslStoreDetails.forCertificate(TRUSTED.authority())));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DefaultSslBundleRegistry bundles = TRUSTED.bundles("one");
    private GatewayServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private void start(Ssl.ClientAuth clientAuth, Duration timeout) throws IOException {
        ClientTls tls = ClientTls.of(bundles, "test", clientAuth);
        server = new GatewayServer(
                () -> "some_metric 1.0\n",
                new GatewayProperties(DataSize.ofKilobytes(100), timeout, LONG),
                Optional.of(new TlsPort(tls, new RefusalLog(System::nanoTime), meters)),
                new FakeKv());
    }

    @Test
    void grpcAndHttpShareThePort() throws Exception {
        start(Ssl.ClientAuth.NONE, LONG);
        assertThat(range(WITHOUT_CERTIFICATE)).isEqualTo(7);
        HttpResponse<String> response = post(WITHOUT_CERTIFICATE, "https://localhost:" + server.port());
        assertThat(response.body()).contains("\"mod_revision\":\"7\"");
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void pagesOfTheSameSiteAreServedAndOthersAreNot() throws Exception {
        start(Ssl.ClientAuth.NONE, LONG);
        String site = "https://localhost:" + server.port();
        assertThat(post(WITHOUT_CERTIFICATE, site).statusCode()).isEqualTo(200);
        assertThat(post(WITHOUT_CERTIFICATE, site.replace("https", "http")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aNeededCertificateOfTheClientIsVerified() throws Exception {
        start(Ssl.ClientAuth.NEED, LONG);
        assertThat(range(TRUSTED.bundle("two"))).isEqualTo(7);
        assertThat(post(TRUSTED.bundle("two"), "https://localhost:" + server.port())
                        .statusCode())
                .isEqualTo(200);
        for (SslBundle other : new SslBundle[] {
            WITHOUT_CERTIFICATE, FOREIGN.bundle("one"), IMPOSTOR.bundle("one"), TRUSTED.bundle("expired")
        }) {
            double before = refused("certificate");
            assertThatThrownBy(() -> range(other)).isInstanceOf(StatusRuntimeException.class);
            await().until(() -> refused("certificate") > before);
        }
    }

    @Test
    void aWantedCertificateMayBeMissingButNotBeWrong() throws Exception {
        start(Ssl.ClientAuth.WANT, LONG);
        assertThat(range(WITHOUT_CERTIFICATE)).isEqualTo(7);
        assertThatThrownBy(() -> range(IMPOSTOR.bundle("one"))).isInstanceOf(StatusRuntimeException.class);
        await().until(() -> refused("certificate") > 0);
    }

    @Test
    void aReplacedCertificateIsShownToNewConnections() throws Exception {
        start(Ssl.ClientAuth.NONE, LONG);
        try (SSLSocket before = connect()) {
            assertThat(subject(before)).isEqualTo("CN=one");
            bundles.updateBundle("test", TRUSTED.bundle("two"));
            try (SSLSocket after = connect()) {
                assertThat(subject(after)).isEqualTo("CN=two");
            }
            before.getOutputStream().write("GET /metrics HTTP/1.0\r\n\r\n".getBytes());
            assertThat(new String(before.getInputStream().readAllBytes())).endsWith("some_metric 1.0\n");
        }
    }

    @Test
    void plainTextIsRefused() throws Exception {
        start(Ssl.ClientAuth.NONE, LONG);
        try (var plain = new RawConnection(server.port())) {
            assertThat(plain.send("GET /version HTTP/1.1\r\nHost: x\r\n\r\n").readToEnd())
                    .doesNotContain("HTTP/1.1");
        }
        assertThat(refused("no_tls")).isEqualTo(1);
    }

    @Test
    void aHandshakeThatDoesNotEndIsClosed() throws Exception {
        start(Ssl.ClientAuth.NONE, Duration.ofSeconds(1));
        try (var silent = new RawConnection(server.port());
                var slow = new RawConnection(server.port())) {
            slow.send(new byte[] {0x16, 3, 1, 2, 0, 1});
            silent.readToEnd();
            slow.readToEnd();
        }
        assertThat(refused("tls")).isEqualTo(2);
    }

    /** The limit is longer than the handshake takes on a busy machine. */
    @Test
    void aConnectionWithoutARequestAfterTheHandshakeIsClosed() throws Exception {
        start(Ssl.ClientAuth.NONE, Duration.ofSeconds(5));
        try (SSLSocket speechless = connect()) {
            assertThat(speechless.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void anyBytesWithinTlsAreClosed() throws Exception {
        start(Ssl.ClientAuth.NONE, LONG);
        try (SSLSocket client = connect()) {
            client.getOutputStream().write(new byte[] {0, 1, 2, 3});
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    private SSLSocket connect() throws IOException {
        var socket = (SSLSocket)
                WITHOUT_CERTIFICATE.createSslContext().getSocketFactory().createSocket("localhost", server.port());
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }

    private static String subject(SSLSocket socket) throws IOException {
        return socket.getSession().getPeerPrincipal().getName();
    }

    private double refused(String reason) {
        return meters.find("orderly.coordinator.api.refused").tag("reason", reason).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** The revision of a key, by gRPC. */
    private long range(SslBundle bundle) throws Exception {
        var tls = GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
                .keyManager(bundle.getManagers().getKeyManagerFactory())
                .trustManager(bundle.getManagers().getTrustManagerFactory())
                .build();
        ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", server.port())
                .sslContext(tls)
                .build();
        try {
            return KVGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .range(RangeRequest.newBuilder()
                            .setKey(ByteString.copyFromUtf8("foo"))
                            .build())
                    .getKvs(0)
                    .getModRevision();
        } finally {
            channel.shutdownNow();
        }
    }

    /** A range by the gateway, from a client that offers HTTP/2 too. */
    private HttpResponse<String> post(SslBundle bundle, String origin) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(bundle.createSslContext())
                .connectTimeout(Duration.ofSeconds(10))
                .build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:%d/v3/kv/range".formatted(server.port())))
                            .timeout(Duration.ofSeconds(10))
                            .header("Origin", origin)
                            .POST(BodyPublishers.ofString("{\"key\":\"Zm9v\"}"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
