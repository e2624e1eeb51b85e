package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.FreePort;
import io.orderly.stack.launch.JavaCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("system")
class StackIntegrationTest {

    @TempDir
    private Path folder;

    @Test
    void confirmsOneOrderAndCompensatesAnother() throws Exception {
        Path home = Path.of("..").toAbsolutePath().normalize();
        Path output = folder.resolve("output.txt");
        List<String> command = JavaCommand.mainClass(
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorderly.home=" + home),
                StackApplication.class.getName(),
                Stream.concat(
                                Stream.of("--check", "--data=" + folder.resolve("data")),
                                Stream.of(
                                                Ports.ORDER_OPTION,
                                                Ports.INVENTORY_OPTION,
                                                Ports.PARTNERS_OPTION,
                                                Ports.KAFKA_OPTION,
                                                Ports.POSTGRESQL_OPTION)
                                        .map(option -> option + "=" + FreePort.find()))
                        .toArray(String[]::new));

        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // the services inherit it, and run too short a time for C2 to save more processor time than it takes
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroy();
            process.waitFor();
        }

        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(output)
                .content()
                .contains("is CONFIRMED after")
                .contains("is REJECTED after")
                .contains("RELEASE_INVENTORY");
    }
}
