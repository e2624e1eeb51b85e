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

/** Explains the problems that this service may answer with, each where its type URI points (RFC 9457, section 3.1.1). */
@RestController
@RequestMapping("/problems")
class ProblemTypeController {

    private final List<Explanation> known;

    ProblemTypeController(ObjectProvider<ProblemTypes> declared) {
        this.known = Stream.concat(Stream.of(ProblemTypes.OF_ANY_SERVICE), declared.stream())
                .flatMap(types -> types.types().stream())
                .sorted(Comparator.comparing(ProblemType::name))
                .map(Explanation::of)
                .toList();
    }

    /** @param status what it is answered with */
    record Explanation(String type, String title, int status) {

        static Explanation of(ProblemType type) {
            return new Explanation(type.uri(), type.title(), type.status().value());
        }
    }

    @GetMapping
    @Operation(summary = "All problems that this service may answer with", tags = "Problems")
    List<Explanation> all() {
        return known;
    }

    @GetMapping("/{name}")
    @Operation(summary = "What a problem's type means", tags = "Problems")
    Explanation one(@PathVariable String name) {
        return known.stream()
                .filter(explanation -> explanation.type().equals("/problems/" + name))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("There is no problem type " + name + "."));
    }
}
