package io.orderly.lab.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The document about certification lists the rules. */
class DocumentedRulesTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "certify.md");
    private static final List<Subject> SUBJECTS =
            List.of(ToyBusiness.INVENTORY, ToyBusiness.PAYMENT, ToyBusiness.SHIPPING);

    @Test
    void theTableHasEachRuleWithItsTitleAndItsParticipants() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        for (Subject subject : SUBJECTS) {
            for (Rule rule : Rules.of(subject)) {
                String of = isOfAll(rule) ? "all" : subject.name();
                rows.put(rule.id(), "| `%s` | %s | %s |".formatted(rule.id(), rule.title(), of));
            }
        }
        String table = Files.readString(DOCUMENT).split("## Rules|## Result")[1];
        assertThat(table.lines().filter(line -> line.startsWith("| `")).collect(Collectors.toList()))
                .containsExactlyInAnyOrderElementsOf(rows.values());
    }

    private static boolean isOfAll(Rule rule) {
        return SUBJECTS.stream()
                .allMatch(subject ->
                        Rules.of(subject).stream().anyMatch(each -> each.id().equals(rule.id())));
    }
}
