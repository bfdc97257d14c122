//! The names of all texts, in the order of the files in each language's folder: first those of the
//! sign-in, which is all that a first visit loads.

use super::Text;

texts! { first {
    // frame.json
    app_name language_label language_failed sign_out leaving way_label way_sign_in way_platform
    way_add way_attach way_verify about_keys about_keys_in_clear in_clear in_clear_text connected_to config_problems
    config_missing config_not_json config_unknown config_wrong go_on back change yes no none_given
    not_told state try_again look_again sign_in_again ovh_says missing_right form_problems choose_one megabytes
    sign_in_title sign_in_lead need_letter need_account need_time what_is_title what_is_text
    picture_label picture_platform picture_connector picture_connector_where picture_own
    picture_own_where picture_recipient picture_caption keys_title keys_why api_choice api_label
    keys_page_link keys_page_text keys_paste_text no_keys_page two_keys_title two_keys_text
    app_page_link paste_label paste_hint paste_found paste_found_none application_key
    application_key_hint application_secret application_secret_hint consumer_key
    consumer_key_hint sign_in signing_in key_empty key_characters key_length key_is_application
    key_is_long_one key_same not_confirmed not_confirmed_advice check_again keys_lost
    keys_lost_advice locked locked_text other_account other_account_text signed_out
    signed_out_text signed_out_here signed_out_here_text cannot_keep cannot_keep_advice
    error_offline error_offline_advice error_blocked error_blocked_advice error_policy
    error_policy_advice error_not_passed_on
    error_not_passed_on_advice error_clock error_clock_advice error_application
    error_application_advice error_secret error_secret_advice error_consumer
    error_consumer_advice error_expired error_expired_advice error_right error_right_advice
    error_not_found error_not_found_advice error_in_use error_in_use_advice error_too_fast
    error_too_fast_advice error_unavailable error_unavailable_advice error_refused
    error_refused_advice error_unreadable error_unreadable_advice by_hand_question by_hand_offer
    by_hand_begin by_hand_title
} rest {
    // connector.json
    platform_title platform_lead platform_label platform_loading platform_none
    platform_none_advice platform_state platform_state_text platform_maintenance
    platform_maintenance_text platform_suspended platform_suspended_text offer_private
    offer_trusted offer_hosted offer_reseller offer_unknown offer_warning offer_warning_text
    rights_missing rights_missing_advice rights_wide right_add right_attach right_platforms
    right_read key_until keys_in_memory connector_title connector_lead connector_loading
    connector_choice connector_line connector_new connector_new_about connector_take
    from_the_letter provider provider_hint provider_filled provider_other provider_shows_host provider_host_form
    provider_hosts for_yourself smart_host smart_host_hint port port_hint port_unusual
    port_unusual_advice mechanism mechanism_tls mechanism_tls_about mechanism_plain
    mechanism_plain_about mechanism_none mechanism_none_about user user_hint password
    password_hint password_again password_given credentials_of credentials_seen login_and_smtp_key
    api_key_and_secret_key word_apikey smtp_credentials domain_user token_twice
    word_smtp_injection any_text_and_api_key smtp_user address_list_or_account
    generated_credential address_list no_special_characters require_tls require_tls_hint
    display_name display_name_hint max_send_size max_send_size_hint largest_mail to_review server_title
    server_text host_empty host_scheme host_path host_space host_port
    host_email host_name port_empty port_range port_encrypted user_empty password_empty
    password_without_user not_without_authentication mechanism_needs_tls name_empty name_taken
    name_long unprintable size_empty size_range review_title review_lead review_effect add_now
    adding_title adding_failed_title adding_step_sent adding_step_made adding_step_ready adding_sending stage_past stage_now stage_later
    adding_in_doubt adding_accepted adding_appearing task_number adding_may_leave adding_refused
    adding_task_failed adding_task_failed_advice adding_not_arrived adding_not_arrived_advice
    adding_not_seen adding_not_seen_advice adding_unreadable adding_elsewhere
    adding_elsewhere_advice adding_there adding_there_advice back_to_form ready_title
    ready_number ready_next connector_id created changed state_ok state_creating state_deleting
    state_suspended to_addresses other_connector
    // addresses.json
    addresses_title addresses_lead addresses_loading addresses_none addresses_none_advice
    addresses_filter addresses_label addresses_no_match addresses_found_one addresses_found
    addresses_choose addresses_all addresses_hidden addresses_none_chosen addresses_chosen_one
    addresses_chosen any_domain domain any_connector own_servers sends_through connector_number
    not_readable chosen only_chosen choose_all_one choose_all choose_none pages page_shows
    page_before page_next list_title list_label list_hint list_file list_too_large
    list_too_large_advice list_column list_column_name list_all_columns list_has_header
    list_found_one list_found list_unknown_one list_unknown list_invalid_one list_invalid
    list_doubled_one list_doubled list_line list_rest_one list_rest list_choose list_taken_one
    list_taken list_remove attach_effect attach_none attach_one attach_many detach_none
    detach_one detach_many plan_title plan_attach_one plan_attach plan_detach_one plan_detach
    plan_undo_one plan_undo plan_looked plan_to_change plan_so_far plan_already plan_failed
    plan_calls plan_up_to plan_time plan_addresses plan_taken_title plan_taken_one plan_taken
    plan_filters_stay_one plan_filters_stay plan_unknown_stay_one plan_unknown_stay
    plan_exact_calls plan_exact_calls_hint copy_calls copied begin_attach begin_detach
    begin_undo plan_nothing_yet plan_nothing_to_do plan_nothing_to_do_text
    elsewhere elsewhere_advice left left_advice left_replaces left_show not_kept not_kept_advice
    time_left any_moment pause stop stopping back_asked back_asked_text back_stay arrived back_leave
    paused paused_text paused_kept undo detached_one detached_many undone_one undone_many show
    show_all show_open show_done show_failed keep_result save_csv print wanted before
    item_waiting item_reading item_sending item_confirming item_done item_already item_unknown
    item_not_looked item_not_taken item_unconfirmed item_gone item_quoted item_stopped
    second_one seconds minute_one minutes hour_one hours percent title_resting title_done
    title_failed attaching_title attaching_progress attaching_table attaching_done
    attaching_may_leave address filters_sent attached_one attached_many attached_next failed_one
    failed_many failed_advice stopped_advice try_failed_again halted_text halted_not_found
    halted_not_found_advice stopped_not_found holding_text holding_owed try_now resume to_verify
    more_addresses other_addresses
    // verify.json
    verify_title verify_lead verify_send verify_from verify_from_one verify_from_any verify_to
    verify_find verify_find_text outlook_new outlook_classic find_gmail find_owa
    find_outlook_new find_outlook_classic find_thunderbird find_apple find_roundcube find_zimbra
    verify_paste header_label header_hint header_empty file_label file_hint older older_text
    wrong_file wrong_file_picture wrong_file_outlook wrong_file_other file_unreadable
    file_unreadable_advice sender_domain_title sender_domain sender_domain_hint check
    verdict_label confidence_sure confidence_likely confidence_unsure confidence_of_nothing
    deciding deciding_many line_link supporting_title against_title towards_title
    elsewhere_title sign_handed_over sign_inner_hop sign_return_path sign_spf_passed
    sign_spf_failed sign_dkim_passed sign_dkim_signed sign_provider_field sign_sender_replaced
    sign_connector_field sign_own_servers sign_other_host sign_name_claimed sign_broken_chain
    sign_forwarded sign_begun_anew sign_recipients_gateway sign_submitted_elsewhere
    sign_impossible_address sign_not_attached marked_title shown_title not_understood_title
    road_title road_took road_order road_cut part_sender part_connector part_recipient
    part_of_recipient station_unnamed station_also stretch_after stretch_at_once stretch_back
    time_without_zone time_missing encrypted not_encrypted encryption_not_told road_table
    column_from column_to column_taken column_after column_encryption column_part column_line
    copy_table proofs_title proof_missing proof_not_own proof_not_own_unnamed
    domain_unnamed proof_aligned proof_not_aligned spf_pass spf_fail spf_softfail spf_neutral
    spf_none spf_error dkim_pass dkim_fail dkim_none dkim_error dkim_unchecked dmarc_pass
    dmarc_fail dmarc_reject dmarc_quarantine dmarc_none dmarc_error arc_pass arc_fail arc_none
    arc_unchecked back_to_addresses paste_again finish finish_anyway verdict_used
    verdict_used_meaning verdict_white_label_meaning sender_replaced verdict_not_used
    verdict_not_used_meaning verdict_other_road verdict_other_road_meaning verdict_forged
    verdict_forged_meaning verdict_other_connector verdict_other_connector_meaning
    verdict_not_attached verdict_not_attached_meaning verdict_no_header
    verdict_no_header_meaning verdict_cannot_tell verdict_cannot_tell_meaning unclear_unreadable
    unclear_no_sender unclear_never_left unclear_blotted_out unclear_unknown_host
    unclear_passed_on unclear_either_side unclear_report unclear_too_long done_title done_used
    done_not_used done_unclear done_not_checked done_addresses done_sign_out
    // upkeep.json
    to_upkeep to_the_steps place_connectors place_domains place_tasks connectors_title
    connectors_lead connectors_none connectors_none_advice used_by default_for users_title
    not_counted addresses_count_one addresses_count at_least no_domain still_looking count_hint
    count_now count_again count_progress built_in built_in_hint one_title
    to_connectors connector_gone connector_gone_advice pending pending_advice state_pending
    suspended suspended_advice user_not_shown what_to_do one_addresses one_edit one_authenticate
    one_delete not_allowed not_allowed_advice change_on_its_way change_show edit_title
    edit_unchanged edit_authentication_hint edit_review edit_send column_setting column_before
    column_after_change column_first column_now column_wanted stays change_effect rename_effect
    authenticate_title authenticate_hint authenticate_review authenticate_effect
    authenticate_send changing_title wish_edit wish_authenticate wish_delete wish_default
    wish_reset change_step_look change_step_send change_step_done change_looks change_waits
    change_in_doubt change_may_leave edit_done authenticate_done delete_done default_done
    default_reset_done default_effect was_so_already change_refused change_in_use
    change_in_use_advice change_not_sent change_not_sent_advice change_failed
    change_failed_advice change_cancelled change_cancelled_advice change_not_there
    change_not_there_advice change_not_seen change_not_seen_advice change_unproven
    change_unproven_advice change_not_ended change_not_ended_advice change_unreadable
    change_not_found change_give_up change_different change_different_advice change_different_unseen domain_gone domain_gone_advice change_anyway
    change_deletes_anyway is_deleted
    server_loading server_none server_letter_lead server_letter server_copy server_copy_letter
    delete_title domains_title tasks_title column_server column_sign_in built_in_server on_port
    tls_required tls_not_required up_to_size default_of domains_lead domains_none
    domains_none_advice default_now default_change default_change_of domain_unread
    domain_pending domain_pending_advice default_choice default_none_about default_no_connector
    default_unchanged attach_existing attach_existing_text attach_existing_none job_unfinished
    job_unfinished_advice job_show back_to_domains back_to_delete delete_domains
    delete_domains_none delete_domains_reading delete_domains_unread_one delete_domains_unread
    delete_addresses_one delete_addresses delete_addresses_none delete_addresses_so_far
    delete_addresses_unread_one delete_addresses_unread delete_left delete_move_to
    delete_move_to_hint delete_move_one delete_move delete_confirm delete_name delete_name_hint
    delete_name_empty delete_name_differs delete_anyway delete_anyway_hint delete_anyway_domains
    delete_anyway_unsure delete_not_ticked delete_review delete_review_text delete_send
    delete_job delete_job_advice tasks_lead tasks_loading tasks_pending tasks_pending_one
    tasks_pending_many tasks_none tasks_none_advice tasks_more_one tasks_more tasks_ended
    column_task column_when task_asked task_ended work_add work_change work_delete work_account
    work_domain work_platform work_maintenance work_other work_unnamed task_waiting task_working
    task_done task_failed task_failed_advice task_cancelled task_cancelled_advice task_gone
    task_gone_advice one_check change_call_off change_ended column_change
    // record.json
    calls_title calls_keys calls_password calls_documented calls_body calls_curl calls_python
    calls_first copy_call mark_and_copy record record_title record_lead record_empty
    record_unkept record_unkept_text record_offer record_leaving record_leaving_text
    leaving_halfway leaving_to_job record_leaving_change record_leaving_job record_sender record_addresses
    record_unseen record_with_filters record_renewed record_file save_record save_and_leave save_and_sign_out
    leave leave_unsaved sign_out_unsaved done_leave not_connected deed_added deed_edited
    deed_authenticated deed_deleted deed_attached deed_detached deed_undone deed_default
    deed_verified by_hand_lead by_hand_password copy_named hand_step hand_platform
    hand_organization hand_organization_hint hand_service hand_service_hint hand_platform_wrong
    hand_find_platform hand_find_platform_text hand_before hand_form hand_known hand_known_text
    hand_known_wrong hand_add hand_check hand_addresses hand_assign hand_address hand_finished
    hand_more hand_open hand_run_list hand_run_add hand_run_check hand_run_assign
    hand_run_address hand_several hand_paste hand_paste_last hand_answer hand_answer_hint
    hand_password hand_body hand_body_password hand_purpose hand_attach hand_attach_about
    hand_detach hand_detach_about hand_addresses_label hand_addresses_hint hand_addresses_none
    hand_addresses_wrong hand_default hand_default_text hand_default_hint hand_default_done
    hand_default_noted answer_empty answer_html answer_unreadable answer_refused answer_other
    answer_to_first answer_nothing_new answer_other_connector answer_built_in answer_not_ready
    answer_other_address answer_pending answer_not_taken idle_title idle_text idle_stay
} }
