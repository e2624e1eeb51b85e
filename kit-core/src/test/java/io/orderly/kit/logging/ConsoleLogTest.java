package io.orderly.kit.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class ConsoleLogTest {

    private static final String FORGED = "a customer\r\n{\"message\": \"forged\"}\nERROR forged \u001b[31m";

    /** An application without anything. */
    static class Empty {}

    @Test
    void aLineOfTextCannotBeForged(CapturedOutput output) {
        List<String> lines = logged(output);

        assertThat(lines)
                .filteredOn(line -> line.contains("forged"))
                .singleElement()
                .satisfies(
                        line -> assertThat(line).contains("ERROR", "a customer").doesNotContain("\u001b"));
    }

    @Test
    void withEcsEachLineIsADocument(CapturedOutput output) {
        List<String> lines =
                logged(output, "--logging.structured.format.console=ecs", "--spring.application.name=orders");

        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line -> assertThat((String) JsonPath.read(line, "$.['@timestamp']"))
                        .isNotEmpty());
        String line = lines.stream()
                .filter(each -> each.contains("forged"))
                .reduce((one, two) -> one + two)
                .orElseThrow();
        assertThat((String) JsonPath.read(line, "$.message")).isEqualTo("Refused: " + FORGED);
        assertThat((String) JsonPath.read(line, "$.log.level")).isEqualTo("ERROR");
        assertThat((String) JsonPath.read(line, "$.service.name")).isEqualTo("orders");
        assertThat((String) JsonPath.read(line, "$.messageKey")).isEqualTo("key-1");
        assertThat((String) JsonPath.read(line, "$.error.stack_trace")).contains("forged", "ConsoleLogTest");
    }

    private static List<String> logged(CapturedOutput output, String... arguments) {
        String before = output.getOut();
        ConfigurableApplicationContext application = new SpringApplicationBuilder(Empty.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(arguments);
        try {
            LoggerFactory.getLogger(ConsoleLogTest.class)
                    .atError()
                    .addKeyValue("messageKey", "key-1")
                    .setCause(arguments.length == 0 ? null : new IllegalStateException(FORGED))
                    .log("Refused: {}", FORGED);
        } finally {
            application.close();
        }
        return output.getOut()
                .substring(before.length())
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
