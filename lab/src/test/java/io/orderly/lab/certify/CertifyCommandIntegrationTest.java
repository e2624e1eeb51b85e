package io.orderly.lab.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.FreePort;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.Command;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.Topic;
import io.orderly.lab.conformance.Rules;
import io.orderly.lab.conformance.Subject;
import io.orderly.lab.conformance.ToyParticipant;
import io.orderly.stack.OrderlyApplication;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;

/** The command, with toy participants on a real broker. */
@ResourceLock(Resources.SYSTEM_ERR)
class CertifyCommandIntegrationTest {

    private static final String BROKER = SharedBackends.kafka().bootstrapServers();
    private static final Subject.Shipping SHIPPING = new Subject.Shipping("DE");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String stderr = "";

    @Test
    void writesPageAndXmlOfAParticipantThatKeepsAllRules() throws Exception {
        int rules = Rules.of(SHIPPING).size();
        try (var _ = ToyOnKafka.start(BROKER, SHIPPING.topic(), new ToyParticipant(SHIPPING))) {
            assertThat(run("certify", "shipping", "--bootstrap-servers", BROKER, "--restart-command", "true"))
                    .as("%s%s", out, err)
                    .isZero();
        }
        assertThat(out.toString())
                .contains("Certifying shipping at " + BROKER + ", seed 1")
                .contains("shipping: %d rules passed, 0 failed, 0 not decided".formatted(rules));
        Path reports = folder.resolve("reports");
        assertThat(Files.readString(reports.resolve("certify-shipping.html"))).contains("All rules are kept");
        assertThat(Files.readString(reports.resolve("certify-shipping.xml")))
                .contains("tests=\"%d\"".formatted(rules), "failures=\"0\"", "name=\"seed\" value=\"1\"");
    }

    @Test
    void namesTheRuleThatIsBrokenAndTheOneThatIsNotDecided() throws Exception {
        var subject = new Subject.Payment(CustomerId.of("ada"), Money.euros("600.00"));
        var forgetful = new ToyParticipant(subject) {
            @Override
            protected void recordTombstone(Command compensation) {}
        };
        try (var _ = ToyOnKafka.start(BROKER, subject.topic(), forgetful)) {
            assertThat(run(
                            "certify",
                            "payment",
                            "--bootstrap-servers",
                            BROKER,
                            "--customer",
                            "ada",
                            "--scarce-amount",
                            "600.00",
                            "--seed",
                            "7"))
                    .as("%s%s", out, err)
                    .isEqualTo(1);
        }
        assertThat(out.toString())
                .contains("seed 7", "failed       tombstone", "not decided  restart", "sent         RefundPayment");
        assertThat(Files.readString(folder.resolve("reports").resolve("certify-payment.html")))
                .contains("One rule is broken");
    }

    @Test
    void sendsNothingWithoutABroker() {
        String away = "127.0.0.1:" + FreePort.find();
        assertThat(run("certify", "payment", "--bootstrap-servers", away)).isEqualTo(4);
        assertThat(stderr).contains("Kafka at " + away + " cannot be used: ", "; nothing was sent");
        assertThat(folder.resolve("reports")).doesNotExist();
    }

    @Test
    void sendsNothingToAnAddressThatIsNone() {
        assertThat(run("certify", "payment", "--bootstrap-servers", "nowhere")).isEqualTo(4);
        assertThat(stderr).contains("Kafka at nowhere cannot be used: ");
    }

    /** No other test of this broker has this topic. */
    @Test
    void sendsNothingWithoutTheTopics() {
        assertThat(run("certify", "inventory", "--bootstrap-servers", BROKER)).isEqualTo(4);
        assertThat(stderr)
                .contains("Kafka at " + BROKER + " has no topic " + Topic.INVENTORY_COMMANDS.topicName())
                .contains("nothing was sent");
    }

    @Test
    void refusesArgumentsBeforeItConnects() {
        assertThat(run("certify", "warehouse", "--bootstrap-servers", BROKER)).isEqualTo(2);
        assertThat(err.toString()).contains("warehouse");
        assertThat(run("certify", "inventory")).isEqualTo(2);
        assertThat(err.toString()).contains("--bootstrap-servers");
        assertThat(run("certify", "inventory", "--bootstrap-servers", "nowhere", "--sku", "no sku"))
                .isEqualTo(2);
        assertThat(run("certify", "payment", "--bootstrap-servers", "nowhere", "--scarce-amount", "1.5"))
                .isEqualTo(2);
        assertThat(run("certify", "shipping", "--bootstrap-servers", "nowhere", "--country", "de"))
                .isEqualTo(2);
        assertThat(run("certify", "shipping", "--bootstrap-servers", "nowhere", "--patience", "0"))
                .isEqualTo(2);
    }

    /** @return the exit code */
    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (all.size() > 2) {
            all.add("--data=" + folder);
            all.add("--quiet=1");
        }
        PrintStream before = System.err;
        var printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            CommandLine commandLine = OrderlyApplication.commandLine(List.of(new CertifyCommand()));
            commandLine.setOut(new PrintWriter(out, true));
            commandLine.setErr(new PrintWriter(err, true));
            return commandLine.execute(all.toArray(String[]::new));
        } finally {
            System.setErr(before);
            stderr = printed.toString(StandardCharsets.UTF_8);
        }
    }
}
