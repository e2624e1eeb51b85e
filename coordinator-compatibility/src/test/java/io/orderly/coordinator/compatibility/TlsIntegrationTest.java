package io.orderly.coordinator.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderly.backends.FreePort;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.backends.process.ProcessSpec;
import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.WriteOutcome;
import io.orderly.coordinator.client.autoconfigure.CoordinatorClientAutoConfiguration;
import io.orderly.coordinator.member.CoordinatorApplication;
import io.orderly.coordinator.store.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Two members and an etcd with TLS, with the certificates that docs/coordinator.md makes: {@code etcdctl}, {@code curl} and the Java
 * client reach them with a certificate, and not without. The members are in this process, because a process takes longer to start.
 */
@Tag("slow")
@Timeout(240)
@ExtendWith(OutputCaptureExtension.class)
class TlsIntegrationTest {

    private static final Duration START = Duration.ofMinutes(2);
    private static final List<String> PROGRAMS = List.of("etcd", "etcdctl", "curl", "openssl");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static final List<ConfigurableApplicationContext> MEMBERS = new ArrayList<>();
    private static LeashedProcess etcd;
    private static final List<Integer> PORTS =
            Stream.generate(FreePort::find).distinct().limit(8).toList();
    private static final int ETCD = PORTS.get(6);

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({SslAutoConfiguration.class, CoordinatorClientAutoConfiguration.class})
    static class Application {}

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                PROGRAMS.stream()
                        .allMatch(program -> EtcdCluster.program(program).isPresent()),
                "not all are installed: " + PROGRAMS);
        assertThat(run("sh", "-e", "-c", certificateCommands()).status()).isZero();
        etcd = LeashedProcess.start(new ProcessSpec(
                List.of(
                        "env",
                        "-C",
                        folder.toString(),
                        "etcd",
                        "--data-dir=etcd-data",
                        "--cert-file=member.crt",
                        "--key-file=member.key",
                        "--trusted-ca-file=authority.crt",
                        "--client-cert-auth",
                        "--listen-client-urls=https://127.0.0.1:" + ETCD,
                        "--advertise-client-urls=https://localhost:" + ETCD,
                        "--listen-peer-urls=http://127.0.0.1:" + PORTS.get(7)),
                Map.of(),
                folder.resolve("etcd.log"),
                folder.resolve("etcd.pid"),
                List.of(),
                ProcessSpec.StopSignal.TERM,
                Duration.ofSeconds(5)));
        for (int member = 0; member < 2; member++) {
            MEMBERS.add(new SpringApplicationBuilder(CoordinatorApplication.class)
                    .registerShutdownHook(false)
                    .run(settings(member)));
        }
        for (int port : List.of(client(0), client(1), ETCD)) {
            await().atMost(START)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> etcdctl(port, "get", "x").status() == 0);
        }
    }

    /** The commands of the documentation. */
    private static String certificateCommands() throws IOException {
        String page = Files.readString(Path.of("../docs/coordinator.md"));
        int begin = page.indexOf("openssl req -x509");
        return page.substring(begin, page.indexOf("```", begin));
    }

    private static int client(int member) {
        return PORTS.get(member);
    }

    private static int http(int member) {
        return PORTS.get(4 + member);
    }

    private static String[] settings(int member) {
        String bundle = "--spring.ssl.bundle.pem.member.";
        return new String[] {
            "--server.port=" + http(member),
            "--orderly.coordinator.id=" + (member + 1),
            "--orderly.coordinator.data=" + folder.resolve("member-data-" + member),
            "--orderly.coordinator.members=1=https://localhost:%d,2=https://localhost:%d"
                    .formatted(PORTS.get(2), PORTS.get(3)),
            "--orderly.coordinator.peer-address=127.0.0.1:" + PORTS.get(2 + member),
            "--orderly.coordinator.api.port=" + client(member),
            "--orderly.coordinator.client-url=https://localhost:" + client(member),
            bundle + "keystore.certificate=file:" + folder.resolve("member.crt"),
            bundle + "keystore.private-key=file:" + folder.resolve("member.key"),
            bundle + "keystore.verify-keys=true",
            bundle + "truststore.certificate=file:" + folder.resolve("authority.crt"),
            bundle + "reload-on-update=true",
            "--server.ssl.bundle=member",
            "--orderly.coordinator.tls.peer-bundle=member",
            "--orderly.coordinator.tls.client-bundle=member",
            "--orderly.coordinator.tls.client-auth=need",
            // the auto-configuration of the client is on the class path of this module
            "--orderly.coordinator.client.enabled=false"
        };
    }

    @AfterAll
    static void stop() {
        MEMBERS.forEach(ConfigurableApplicationContext::close);
        if (etcd != null) {
            etcd.stop();
        }
    }

    @Test
    void etcdctlWritesThroughOneMemberAndReadsThroughTheOther() throws Exception {
        assertThat(etcdctl(client(0), "put", "greeting", "hello").output()).isEqualTo("OK");
        assertThat(etcdctl(client(1), "get", "--print-value-only", "greeting").output())
                .isEqualTo("hello");
    }

    @Test
    void curlReachesTheGatewayAndRest() throws Exception {
        assertThat(etcdctl(client(0), "put", "for-curl", "hello").output()).isEqualTo("OK");
        assertThat(curl("https://localhost:%d/v3/kv/range".formatted(client(1)), "-d", "{\"key\":\"Zm9yLWN1cmw=\"}")
                        .output())
                .contains("\"value\":\"aGVsbG8=\"");
        assertThat(curl("https://localhost:%d/v1/config/for-curl".formatted(http(0)))
                        .output())
                .contains("\"value\":\"hello\"");
    }

    @Test
    void aClientWithoutACertificateIsRefused(CapturedOutput log) throws Exception {
        String url = "https://localhost:%d/version".formatted(client(0));
        assertThat(curl(url).status()).isZero();
        assertThat(run("curl", "-s", "--max-time", "10", "--cacert", "authority.crt", url)
                        .status())
                .isNotZero();
        await().until(() -> log.getOut().contains("was refused: it sent no certificate"));
        assertThat(run("curl", "-s", "--max-time", "10", "http://localhost:%d/version".formatted(client(0)))
                        .status())
                .isNotZero();
    }

    @Test
    void theJavaClientReachesMembers() throws Exception {
        assertClientWrites("localhost:%d,localhost:%d".formatted(client(0), client(1)), client(1));
    }

    @Test
    void theJavaClientReachesEtcd() throws Exception {
        assertClientWrites("localhost:" + ETCD, ETCD);
    }

    private static void assertClientWrites(String endpoints, int port) throws Exception {
        String bundle = "--spring.ssl.bundle.pem.client.";
        String prefix = "--orderly.coordinator.client.";
        try (var application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(
                        prefix + "enabled=true",
                        prefix + "endpoints=" + endpoints,
                        prefix + "tls-bundle=client",
                        bundle + "keystore.certificate=file:" + folder.resolve("client.crt"),
                        bundle + "keystore.private-key=file:" + folder.resolve("client.key"),
                        bundle + "truststore.certificate=file:" + folder.resolve("authority.crt"))) {
            CoordinatorClient client = application.getBean(CoordinatorClient.class);
            assertThat(client.put(Bytes.utf8("by-java"), Bytes.utf8("written")))
                    .isInstanceOf(WriteOutcome.Applied.class);
            assertThat(etcdctl(port, "get", "--print-value-only", "by-java").output())
                    .isEqualTo("written");
        }
    }

    private static Program.Result etcdctl(int port, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "etcdctl",
                "--endpoints=https://localhost:" + port,
                "--dial-timeout=1s",
                "--cacert=authority.crt",
                "--cert=client.crt",
                "--key=client.key"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static Program.Result curl(String url, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "curl", "-s", "--max-time", "10", "--cacert", "authority.crt", "--cert", "client.crt", "--key"));
        command.addAll(List.of("client.key", url));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static Program.Result run(String... command) throws IOException, InterruptedException {
        try (var program = new Program(List.of(command), Map.of("ETCDCTL_API", "3"), folder)) {
            return program.result();
        }
    }
}
