import { registry } from "@web/core/registry";

const ROWS = [
    "Лицевой счёт;ФИО;Улица;Дом;Кв;Телефон;Площадь",
    "7710-0001;Иванова Мария Петровна;Ленина;15;1;8 913 555-01-01;54,3",
    "7710-0002;Кузнецов Олег Ильич;Ленина;15;2;;",
    "7710-0003;Без Дома;Ленина;;;;",
    "4,41001E+12;Испорченный Номер;Ленина;15;5;;",
];

/** Put a file into the field as whoever chooses it in the dialog does. */
function upload() {
    const transfer = new DataTransfer();
    const content = "\ufeff" + ROWS.join("\r\n");
    transfer.items.add(new File([content], "реестр.csv", { type: "text/csv" }));
    this.anchor.files = transfer.files;
    this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
}

function state(value) {
    return { trigger: `.o_statusbar_status button[data-value=${value}].o_arrow_button_current` };
}

function count(name, value) {
    return { trigger: `.o_field_widget[name=${name}]:contains(/^${value}$/)` };
}

registry.category("web_tour.tours").add("hotline_register_load", {
    steps: () => [
        { trigger: ".o_field_widget[name=source_id] input", run: "edit Жилкомпания" },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Жилкомпания 1)",
            run: "click",
        },
        { trigger: ".o_field_widget[name=file] input[type=file]:not(:visible)", run: upload },
        { trigger: ".o_field_widget[name=file] input:value(реестр.csv)" },
        // what is guessed is told before anything is done
        { trigger: "button[name=action_look]", run: "click" },
        { trigger: "[name=column_ids] .o_data_row:contains(ФИО):contains(Иванова Мария)" },
        { trigger: ".o_field_widget[name=encoding]" },
        { trigger: ".o_field_widget[name=guessed]:contains(UTF-8)" },
        { trigger: ".alert-warning:contains(«Площадь»)" },
        { trigger: "button[name=action_remember_columns]", run: "click" },
        { trigger: ".o_notification:contains(так же)" },
        // a check that changes nothing
        { trigger: "button[name=action_check]", run: "click" },
        state("checked"),
        { trigger: ".alert-info:contains(Пока ничего не изменено)" },
        count("created_count", 2),
        count("bad_count", 2),
        { trigger: "[name=row_ids] .o_data_row:contains(Нет номера дома)" },
        // the load, and what is to be mended
        { trigger: "button[name=action_load]", run: "click" },
        state("done"),
        count("created_count", 2),
        { trigger: "[name=row_ids] .o_data_row:contains(испорчен)" },
        { trigger: "button[name=action_bad_rows]:enabled" },
    ],
});
