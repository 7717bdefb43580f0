import "@base_tier_validation/components/tier_review_menu/tier_review_menu.esm";
import { registry } from "@web/core/registry";

// Its menu recounts reviews at every page of every employee, knows no substitutes and has no
// Russian words. What waits for an approver stands under «For approval».
registry.category("systray").remove("base_tier_validation.ReviewerMenu");
