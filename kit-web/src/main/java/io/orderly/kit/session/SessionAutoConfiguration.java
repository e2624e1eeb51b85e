package io.orderly.kit.session;

import io.orderly.kit.web.ProblemTypes;
import java.util.List;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Provides sessions to controllers. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class SessionAutoConfiguration {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Session.class);
    }

    @Bean
    WebMvcConfigurer sessions() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new SessionResolver());
            }
        };
    }

    @Bean
    OperationCustomizer sessionInOpenApi() {
        return new SessionInOpenApi();
    }

    @Bean
    ProblemTypes sessionProblems() {
        return new ProblemTypes(List.of(Session.BEHIND));
    }
}
