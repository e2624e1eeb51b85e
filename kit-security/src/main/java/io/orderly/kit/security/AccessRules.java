package io.orderly.kit.security;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What the endpoints of a service or of a module need. Each declares its own in a bean of this class, and an endpoint without a rule
 * is refused. If several rules match a request, the one with the most specific path applies, as it does to the mappings of
 * controllers. Immutable.
 */
public final class AccessRules {

    /** The most specific path first; for the same path, the rule of a method before that of all methods. */
    private static final Comparator<AccessRule> MOST_SPECIFIC_FIRST = Comparator.comparing(
                    AccessRule::path, PathPattern.SPECIFICITY_COMPARATOR)
            .thenComparing(rule -> rule.method() == null);

    private final List<AccessRule> rules;

    private AccessRules(Stream<AccessRule> rules) {
        this.rules = rules.sorted(MOST_SPECIFIC_FIRST).toList();
    }

    /** No rules, to which {@link #with} adds. */
    public static AccessRules none() {
        return new AccessRules(Stream.empty());
    }

    /** All rules of several modules. @throws IllegalArgumentException if two are about the same endpoint */
    public static AccessRules merged(Stream<AccessRules> declared) {
        List<AccessRule> all = declared.flatMap(each -> each.rules.stream()).toList();
        for (AccessRule rule : all) {
            if (all.stream().filter(rule::isOfSameEndpoint).count() > 1) {
                throw new IllegalArgumentException("two rules for %s %s"
                        .formatted(rule.method() == null ? "all methods of" : rule.method(), rule.path()));
            }
        }
        return new AccessRules(all.stream());
    }

    /**
     * These rules and others.
     *
     * @param method null for all methods
     * @param paths the patterns of the endpoints, as in the mappings of the controllers
     */
    public AccessRules with(Access access, @Nullable HttpMethod method, String... paths) {
        Stream<AccessRule> more = Arrays.stream(paths)
                .map(path -> new AccessRule(access, method, PathPatternParser.defaultInstance.parse(path)));
        return merged(Stream.of(this, new AccessRules(more)));
    }

    /** What a request needs. @return empty if it is refused whatever its token, because no rule matches it */
    public Optional<Access> find(HttpMethod method, PathContainer path) {
        return rules.stream()
                .filter(rule -> rule.matches(method, path))
                .findFirst()
                .map(AccessRule::access);
    }
}
