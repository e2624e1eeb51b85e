package io.orderly.lab.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.FreePort;
import io.orderly.stack.OrderlyApplication;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {

    private static final int NOT_READ = 4;

    private record Ended(int code, String errors) {}

    @Test
    void reportsInOneLineThatNoSystemIsRunning() {
        Ended ended = audit("--postgresql-port=" + FreePort.find());
        assertThat(ended.code()).isEqualTo(NOT_READ);
        assertThat(ended.errors().strip())
                .contains("PostgreSQL does not listen")
                .doesNotContain("\n");
    }

    @Test
    void reportsInOneLineThatTheJournalIsInvalid(@TempDir Path folder) throws Exception {
        Path journal = Files.writeString(folder.resolve("journal"), "garbage\n");
        Ended ended = audit("--journal=" + journal, "--postgresql-port=" + FreePort.find());
        assertThat(ended.code()).isEqualTo(NOT_READ);
        assertThat(ended.errors().strip()).contains("journal, line 1: ").doesNotContain("\n");
    }

    private static Ended audit(String... options) {
        PrintStream before = System.err;
        var errors = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errors, true));
        try {
            var command = OrderlyApplication.commandLine(List.of(new AuditCommand()));
            String[] arguments = new String[options.length + 1];
            arguments[0] = "audit";
            System.arraycopy(options, 0, arguments, 1, options.length);
            return new Ended(command.execute(arguments), errors.toString());
        } finally {
            System.setErr(before);
        }
    }
}
