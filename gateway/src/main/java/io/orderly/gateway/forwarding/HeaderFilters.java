package io.orderly.gateway.forwarding;

import java.util.List;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Spring Cloud Gateway's filters: what concerns one connection only is not passed on, and {@code X-Forwarded-*} say where the request came from.
 * All other headers, {@code Host} among them, stay as they are.
 *
 * @param ofRequests in their order
 * @param ofResponses in their order
 */
public record HeaderFilters(List<RequestHttpHeadersFilter> ofRequests, List<ResponseHttpHeadersFilter> ofResponses) {

    public HeaderFilters {
        ofRequests = List.copyOf(ofRequests);
        ofResponses = List.copyOf(ofResponses);
    }

    HttpHeaders ofRequest(ServerRequest request) {
        return apply(ofRequests, request.headers().asHttpHeaders(), request);
    }

    HttpHeaders ofResponse(HttpHeaders headers, ServerResponse response) {
        return apply(ofResponses, headers, response);
    }

    private static <T> HttpHeaders apply(List<? extends HttpHeadersFilter<T>> filters, HttpHeaders headers, T message) {
        HttpHeaders filtered = headers;
        for (HttpHeadersFilter<T> filter : filters) {
            filtered = filter.apply(filtered, message);
        }
        return filtered;
    }
}
