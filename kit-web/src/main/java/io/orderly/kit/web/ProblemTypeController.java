package io.orderly.kit.web;

import io.swagger.v3.oas.annotations.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Documents the problem types of this service at their URIs (RFC 9457, section 3.1.1). */
@RestController
@RequestMapping("/problems")
class ProblemTypeController {

    private final List<Explanation> known;

    ProblemTypeController(ObjectProvider<ProblemTypes> declared) {
        this.known = Stream.concat(Stream.of(ProblemTypes.OF_EVERY_SERVICE), declared.stream())
                .flatMap(types -> types.types().stream())
                .sorted(Comparator.comparing(ProblemType::name))
                .map(Explanation::of)
                .toList();
    }

    /** @param status the status of the response */
    record Explanation(String type, String title, int status) {

        static Explanation of(ProblemType type) {
            return new Explanation(type.uri(), type.title(), type.status().value());
        }
    }

    @GetMapping
    @Operation(summary = "Lists the problem types of this service", tags = "Problems")
    List<Explanation> all() {
        return known;
    }

    @GetMapping("/{name}")
    @Operation(summary = "Explains a problem type", tags = "Problems")
    Explanation one(@PathVariable String name) {
        return known.stream()
                .filter(explanation -> explanation.type().equals("/problems/" + name))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("There is no problem type " + name + "."));
    }
}
