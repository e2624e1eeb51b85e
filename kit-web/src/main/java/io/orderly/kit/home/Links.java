package io.orderly.kit.home;

import io.orderly.kit.home.Home.Link;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The links of a service, derived from its controllers, so that the page is complete. */
final class Links {

    private static final List<Link> OF_EVERY_SERVICE = List.of(
            new Link("/swagger-ui/index.html", "Swagger UI"),
            new Link("/v3/api-docs", "OpenAPI description"),
            new Link("/actuator/health", "Health"),
            new Link("/actuator/metrics", "Metrics"),
            new Link("/actuator/prometheus", "Metrics for Prometheus"));

    /** Paths of the controllers for operators. */
    private static final Set<String> OPERATOR_PATHS = Set.of("/dead-letters", "/problems", "/sagas");

    private final RequestMappingHandlerMapping mappings;

    Links(RequestMappingHandlerMapping mappings) {
        this.mappings = mappings;
    }

    List<Link> resources() {
        return read().filter(link -> !isForOperators(link)).toList();
    }

    List<Link> operations() {
        return Stream.concat(OF_EVERY_SERVICE.stream(), read().filter(Links::isForOperators))
                .toList();
    }

    private static boolean isForOperators(Link link) {
        return OPERATOR_PATHS.stream().anyMatch(prefix -> link.href().startsWith(prefix));
    }

    /** All endpoints with GET, except the page itself. */
    private Stream<Link> read() {
        return mappings.getHandlerMethods().entrySet().stream()
                .filter(mapping -> isRead(mapping.getKey()) && isOwn(mapping.getValue()))
                .flatMap(Links::linksOf)
                .filter(link -> !link.href().equals("/"))
                .distinct()
                .sorted(Comparator.comparing(Link::href));
    }

    private static Stream<Link> linksOf(Map.Entry<RequestMappingInfo, HandlerMethod> mapping) {
        return mapping.getKey().getPatternValues().stream()
                .map(path -> new Link(path + requiredQueryOf(mapping.getValue()), titleOf(mapping.getValue())));
    }

    private static boolean isRead(RequestMappingInfo mapping) {
        return mapping.getMethodsCondition().getMethods().contains(RequestMethod.GET);
    }

    private static boolean isOwn(HandlerMethod method) {
        return method.getBeanType().getName().startsWith("io.orderly.")
                && !AnnotatedElementUtils.hasAnnotation(method.getBeanType(), Hidden.class);
    }

    /** The required query parameters, such as {@code ?region={region}}. */
    private static String requiredQueryOf(HandlerMethod method) {
        String query = Arrays.stream(method.getMethodParameters())
                .filter(Links::isRequired)
                .map(parameter -> parameter.getParameter().getName())
                .map(name -> name + "={" + name + "}")
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private static boolean isRequired(MethodParameter parameter) {
        RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
        return asked != null && asked.required() && asked.defaultValue().equals(ValueConstants.DEFAULT_NONE);
    }

    private static @Nullable String titleOf(HandlerMethod method) {
        Operation described = method.getMethodAnnotation(Operation.class);
        return described == null || described.summary().isEmpty() ? null : described.summary();
    }
}
