package io.orderly.lab.audit;

import io.orderly.lab.evidence.EvidenceSources;
import io.orderly.lab.evidence.PendingWork;
import io.orderly.lab.load.Journal;
import io.orderly.lab.load.JournalEntry;
import io.orderly.stack.Ports;
import io.orderly.stack.Topology;
import io.orderly.stack.process.PortCheck;
import io.orderly.stack.process.ProcessFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Audits a system that somebody else has started. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = AuditCommand.NOT_READ,
        description = {
            "Holds the databases, the topics and the payment provider's book of a running system against all that must be true "
                    + "of them. While orders are under way only what holds at any moment is checked.",
            "Records that no service has written, such as garbage on a topic, are reported with topic, partition and offset. They "
                    + "are no violation: any client of the broker may write them.",
            "Exits with 0 if nothing is amiss, with 1 if something is, with 3 if nothing is, but not all could be checked, and "
                    + "with 4 if a database, the broker, the provider or the journal could not be read."
        })
public final class AuditCommand implements Callable<Integer> {

    private static final int VIOLATED = 1;
    private static final int PARTLY_CHECKED = 3;
    static final int NOT_READ = 4;

    @Option(
            names = "--journal",
            paramLabel = "<file>",
            description = "what clients asked and were told, as the lab writes it; without it nothing is said of that")
    private @Nullable Path journal;

    @Option(
            names = "--patience",
            paramLabel = "<seconds>",
            defaultValue = "10",
            description = "how long to wait for the system to come to rest; default ${DEFAULT-VALUE}")
    private int patienceSeconds;

    @Mixin
    private Ports ports = new Ports();

    @Override
    public Integer call() throws InterruptedException {
        List<JournalEntry> entries = journal == null ? List.of() : Journal.read(journal);
        EvidenceSources sources = EvidenceSources.of(ports.postgresql(), ports.kafka(), Topology.url(ports.provider()));
        requireListener("PostgreSQL", ports.postgresql());
        PendingWork unfinished = PendingWork.awaitNone(sources, Duration.ofSeconds(patienceSeconds));
        if (unfinished.isEmpty()) {
            requireListener("Kafka", ports.kafka());
            requireListener("the payment provider", ports.provider());
            AuditReport report = Audit.of(sources.gather(entries));
            System.out.print(report);
            return report.isClean() ? 0 : VIOLATED;
        }
        AuditReport report = Audit.ofSystemAtWork(sources.gatherDatabases());
        System.out.printf("Not at rest (%s), so only what holds at any moment is checked.%n%s", unfinished, report);
        return report.isClean() ? PARTLY_CHECKED : VIOLATED;
    }

    private static void requireListener(String who, int port) {
        if (!PortCheck.isInUse(port)) {
            throw new ProcessFailure(
                    "%s does not listen on port %d: is a system running? ./run starts one, and --help has the options for other ports"
                            .formatted(who, port));
        }
    }
}
