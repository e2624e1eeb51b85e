package io.orderly.coordinator.connection;

import static io.orderly.coordinator.connection.TestAuthority.TRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TlsConfigurationTest {

    private static final String BUNDLE = "spring.ssl.bundle.pem.files.";

    @TempDir
    Path folder;

    private ApplicationContextRunner runner;

    @BeforeEach
    void writeFiles() throws IOException {
        write("one");
        Files.writeString(folder.resolve("authority.pem"), TRUSTED.authority());
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
                .withUserConfiguration(TlsConfiguration.class)
                .withPropertyValues(
                        BUNDLE + "reload-on-update=true",
                        BUNDLE + "keystore.certificate=file:" + folder.resolve("certificate.pem"),
                        BUNDLE + "keystore.private-key=file:" + folder.resolve("key.pem"),
                        BUNDLE + "truststore.certificate=file:" + folder.resolve("authority.pem"),
                        "spring.ssl.bundle.watch.file.quiet-period=50ms");
    }

    private void write(String alias) throws IOException {
        Files.writeString(folder.resolve("certificate.pem"), TRUSTED.certificate(alias));
        Files.writeString(folder.resolve("key.pem"), TRUSTED.key(alias));
    }

    @Test
    void withoutBundlesThereIsNoTls() {
        runner.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(PeerTls.class)
                .doesNotHaveBean(ClientTls.class));
    }

    @Test
    void filesThatAreReplacedAreUsed(CapturedOutput log) {
        runner.withPropertyValues(
                        "orderly.coordinator.tls.peer-bundle=files",
                        "orderly.coordinator.tls.client-bundle=files",
                        "orderly.coordinator.tls.client-auth=need")
                .run(context -> {
                    assertThat(context).hasSingleBean(PeerTls.class).hasSingleBean(ClientTls.class);
                    write("two");
                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> log.getOut().contains("SSL bundle files was updated: new connections use it"));
                });
    }

    @Test
    void aBundleThatIsMissingEndsTheStart() {
        runner.withPropertyValues("orderly.coordinator.tls.peer-bundle=other")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("SSL bundle name 'other' cannot be found"));
    }

    @Test
    void clientsCannotBeVerifiedWithoutTls() {
        runner.withPropertyValues("orderly.coordinator.tls.client-auth=need")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(
                                "orderly.coordinator.tls.client-bundle is missing, and client-auth is NEED"));
    }
}
