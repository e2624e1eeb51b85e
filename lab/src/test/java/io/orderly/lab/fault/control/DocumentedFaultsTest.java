package io.orderly.lab.fault.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.fault.Fault;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.stack.Topology;
import io.orderly.stack.coordinator.CoordinatorCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the faults that the document about faults tells to send. */
class DocumentedFaultsTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "faults.md");
    private static final Pattern REQUEST = Pattern.compile("curl -X PUT \\$F/\\S+ +-d '([^']+)'");
    private static final List<String> PROCESSES = Stream.concat(
                    Stream.of(
                            Topology.POSTGRESQL,
                            Topology.KAFKA,
                            Topology.PROVIDER,
                            Topology.ORDER,
                            Topology.INVENTORY,
                            Topology.PAYMENT,
                            Topology.SHIPPING,
                            FaultInjector.COORDINATOR_LEADER),
                    CoordinatorCluster.MEMBERS.stream())
            .toList();

    @Test
    void eachFaultIsValidAndEachKindIsShown() throws IOException {
        String text = Files.readString(DOCUMENT);
        List<Fault> faults = REQUEST.matcher(text)
                .results()
                .map(request -> request.group(1))
                .filter(json -> !json.contains("-5")) // shows how an invalid fault is refused
                .map(DocumentedFaultsTest::read)
                .toList();

        assertThat(faults).allSatisfy(fault -> {
            switch (fault) {
                case Fault.OfProcess ofProcess -> assertThat(PROCESSES).contains(ofProcess.process());
                case Fault.OfLink ofLink ->
                    assertThat(PROCESSES).contains(ofLink.link().split("->", 2));
                case Fault.OfService ofService ->
                    assertThat(FaultInjector.SETTINGS).containsKey(ofService.service());
            }
            if (fault instanceof Fault.Crash crash) {
                assertThat(text).contains("| `" + crash.point() + "` |");
            }
        });
        assertThat(faults.stream().map(Fault::kind).distinct())
                .hasSize(FaultReader.kinds().size());
    }

    @Test
    void theInvalidOneIsRefusedWithTheFieldThatItShows() throws IOException {
        String invalid = REQUEST.matcher(Files.readString(DOCUMENT))
                .results()
                .map(request -> request.group(1))
                .filter(json -> json.contains("-5"))
                .findFirst()
                .orElseThrow();
        assertThat(FaultReader.read(FaultReader.parse(invalid.getBytes(UTF_8))))
                .isEqualTo(new FaultReader.Reading.Invalid("delayMillis", "must be 1 to 60000"));
    }

    private static Fault read(String json) {
        FaultReader.Reading reading = FaultReader.read(FaultReader.parse(json.getBytes(UTF_8)));
        assertThat(reading).as(json).isInstanceOf(FaultReader.Reading.Read.class);
        return ((FaultReader.Reading.Read) reading).fault();
    }
}
